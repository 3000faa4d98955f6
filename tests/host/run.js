'use strict';
// Runs widgets on the CRM's pages: jobs as JSON on standard input, a report for each on standard output.
//
// Job: {folder, code, locales, hostile, visits: [{area, callbacks, with_arguments, entity, card, list}]}.
// Report: {<locale>: what session.js logged}.

const fs = require('node:fs');
const { MOODS } = require('./page');
const { Session } = require('./session');

async function run(job) {
  const reports = {};
  for (const locale of job.locales) {
    const session = new Session(job.folder, job.code, locale, job.hostile);
    const visits = job.visits.flatMap((visit) => Object.keys(MOODS).map((mood) => [visit, mood]));
    for (const [index, [visit, mood]] of visits.entries()) {
      await session.enter(visit, mood);
      await session.leave(index === visits.length - 1);
    }
    reports[locale] = session.report();
  }
  return reports;
}

async function main() {
  const jobs = JSON.parse(fs.readFileSync(0, 'utf8'));
  const reports = [];
  for (const job of jobs) {
    reports.push(await run(job));
  }
  process.stdout.write(JSON.stringify(reports));
}

main();
