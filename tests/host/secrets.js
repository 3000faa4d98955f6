'use strict';
// Fills in the secrets of a widget's settings window and saves it.
//
// Jobs on standard input: {folder, code, typed: {code: text}, reply, status, active}; `reply` is the code with which the
// back end refuses to save, or null. For each on standard output: the value returned, the requests and the messages.

const fs = require('node:fs');
const { Session } = require('./session');
const { furnish, calls, MOODS } = require('./page');

class Window extends Session {
  constructor(job) {
    super(job.folder, job.code, 'en', false);
    Object.assign(this, { job, sent: [] });
  }

  request({ url, method, data }) {
    this.sent.push({ url, method, data });
    const { reply, kept } = this.job;
    if (!data) {
      return kept ? Promise.resolve({ kept }) : Promise.reject({ status: 0 });
    }
    return typeof reply === 'string'
      ? Promise.reject({ status: 403, responseJSON: { error: 'no', code: reply } })
      : Promise.resolve({ kept: {} });
  }

  async run() {
    this.visit = { area: 'settings', mood: 'usual', called: [], messages: [] };
    this.mood = MOODS.usual;
    furnish(this.root, this.manifest, this.code);
    await this.start();
    const { $, code, manifest } = this;
    await this.call('settings', calls({ $, code, manifest, mood: 'usual' }).settings[0]);
    const inputs = this.root.find('[type="password"]');
    Object.keys(this.job.typed).forEach((secret) => {
      inputs.find((input) => input.attributes.id.endsWith(`-${secret}`)).set('value', this.job.typed[secret]);
    });
    const fields = { greeting: 'Hello' };
    const returned = await this.call('onSave', [{ active: this.job.active, fields }]);
    return {
      returned, fields, errors: this.log.errors, messages: this.visit.messages.map(([, text]) => text),
      sent: this.sent.filter(({ data }) => data),
      asked: this.sent[0],
      inputs: inputs.map(({ attributes }) => attributes),
      labels: this.root.find('label').map((label) => [label.attributes.for, label.text]),
    };
  }
}

async function main() {
  const reports = [];
  for (const job of JSON.parse(fs.readFileSync(0, 'utf8'))) {
    const window = new Window(job);
    window.installStatus = job.status;
    reports.push(await window.run());
  }
  process.stdout.write(JSON.stringify(reports));
}

main();
