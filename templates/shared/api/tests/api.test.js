// Tests of widget/lib/api.js. Run them with `node --test tests/`.
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const vm = require('node:vm');

const FILE = path.join(__dirname, '../widget/lib/api.js');

/**
 * Returns the client with a fake network that gives these replies in turn: an object is a
 * body, undefined a reply without content, a number the status of an error.
 */
function clientOver(...replies) {
  const sent = [];
  const pauses = [];

  const ajax = function (options) {
    const reply = replies.shift();

    sent.push(options);

    return typeof reply === 'number'
      ? Promise.reject({ status: reply, responseJSON: { detail: 'because' } })
      : Promise.resolve(reply);
  };

  let api;

  const define = (names, factory) => {
    api = factory({ ajax });
  };

  const setTimeout = (action, pause) => {
    pauses.push(pause);
    action();
  };

  vm.runInNewContext(fs.readFileSync(FILE, 'utf8'), { define, setTimeout });

  return { api, sent, pauses };
}

const plain = (value) => { return JSON.parse(JSON.stringify(value)); };

test('get returns the body', async () => {
  const { api, sent } = clientOver({ id: 7 });

  assert.deepEqual(await api.get('/api/v4/leads/7', { with: 'contacts' }), { id: 7 });
  assert.deepEqual(plain(sent), [
    { dataType: 'json', url: '/api/v4/leads/7', method: 'GET', data: { with: 'contacts' } },
  ]);
});

test('get returns null if nothing was found', async () => {
  assert.equal(await clientOver(undefined).api.get('/api/v4/leads'), null);
});

test('post sends JSON', async () => {
  const { api, sent } = clientOver({ _embedded: {} });

  await api.post('/api/v4/leads', [{ name: 'New' }]);
  assert.equal(sent[0].contentType, 'application/json');
  assert.equal(sent[0].data, '[{"name":"New"}]');
});

test('all follows the links to the last page', async () => {
  const next = { next: { href: 'https://acme.kommo.com/api/v4/leads?page=2&limit=250' } };
  const { api, sent } = clientOver(
    { _links: next, _embedded: { leads: [{ id: 1 }, { id: 2 }] } },
    { _links: {}, _embedded: { leads: [{ id: 3 }] } }
  );
  const leads = await api.all('/api/v4/leads', { filter: { id: 1 } });

  assert.deepEqual(plain(leads), [{ id: 1 }, { id: 2 }, { id: 3 }]);
  assert.deepEqual(plain(sent[0].data), { limit: 250, filter: { id: 1 } });
  assert.equal(sent[1].url, '/api/v4/leads?page=2&limit=250');
});

test('all returns an empty list if nothing was found', async () => {
  assert.deepEqual(plain(await clientOver(undefined).api.all('/api/v4/tasks')), []);
});

test('a request is repeated after a 429, with growing pauses', async () => {
  const { api, pauses } = clientOver(429, 429, { id: 7 });

  assert.deepEqual(await api.get('/api/v4/leads/7'), { id: 7 });
  assert.deepEqual(pauses, [1000, 2000]);
});

test('it gives up after a few attempts', async () => {
  const { api, sent } = clientOver(429, 429, 429, 429, { id: 7 });

  await assert.rejects(api.get('/api/v4/leads/7'), { code: 'too_many', status: 429 });
  assert.equal(sent.length, 4);
});

for (const [status, code] of [[0, 'not_available'], [401, 'no_token'], [403, 'not_allowed'], [404, 'not_found'],
  [400, 'other'], [502, 'not_available']]) {
  test(`${status} is rejected as ${code}`, async () => {
    const error = { code, status, message: 'because' };

    await assert.rejects(clientOver(status).api.get('/api/v4/leads'), error);
  });
}
