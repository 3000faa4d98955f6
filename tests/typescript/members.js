'use strict';
// The members of the CRM's objects as kommo.d.ts declares them: its text on standard input,
// [{path: 'self.render', method: true, most: 2}] on standard output. `most` is the most arguments that a method takes.

const fs = require('node:fs');
const ts = require('typescript');

const ROOTS = { self: 'Widget', APP: 'App' };

/** Objects with the widget's own data, whose members are not listed. */
const OWN = new Set(['self.callbacks', 'self.params', 'self.langs', 'APP.widgets.list']);

const source = ts.createSourceFile('kommo.d.ts', fs.readFileSync(0, 'utf8'), ts.ScriptTarget.Latest, true);
const interfaces = new Map();
const collect = (node) => {
  if (ts.isInterfaceDeclaration(node)) {
    interfaces.set(node.name.text, node);
  }
  ts.forEachChild(node, collect);
};
collect(source);

const found = new Map();

function add(path, method, most) {
  const known = found.get(path);
  found.set(path, { path, method, most: Math.max(most, known ? known.most : 0) });
}

function membersOf(type) {
  if (ts.isTypeLiteralNode(type)) {
    return type.members;
  }
  const name = ts.isTypeReferenceNode(type) && type.typeName.getText(source);
  return (name && !type.typeArguments && interfaces.get(name)?.members) || [];
}

/** The objects that a type may be: `CurrentCard | false` is a card. */
const parts = (type) => (ts.isUnionTypeNode(type) ? type.types : [type]);

function walk(path, members) {
  for (const member of members) {
    const here = `${path}.${member.name?.getText(source)}`;
    if (ts.isMethodSignature(member)) {
      add(here, true, member.parameters.length);
    } else if (ts.isPropertySignature(member) && !member.questionToken) {
      add(here, false, 0);
      if (!OWN.has(here)) {
        parts(member.type).forEach((type) => walk(here, membersOf(type)));
      }
    }
  }
}

for (const [path, name] of Object.entries(ROOTS)) {
  walk(path, interfaces.get(name).members);
}
process.stdout.write(JSON.stringify([...found.values()]));
