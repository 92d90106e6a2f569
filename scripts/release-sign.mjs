// `npm run release:sign -- --folder=DIR --key=FILE --version=X.Y.Z --floor=X.Y.Z --days=N --stage=PERCENT`: makes the
// list of a folder of built installers, its signature on the first line, releases.signed, in that folder.
// `--halt` makes the list that stops a release. With --again the files are taken from the list that lies there: to
// raise the stage, halt, or give it more days, on a machine that has no installers. Beside the list lies notes.md,
// the version's section of docs/CHANGELOG.md (--changelog=FILE, another one); without a section nothing is signed. It is for people:
// a list with a field that older tills do not know would be refused by them.
//
// Refuses what a till would refuse: the list is read back by the program's own reader, and the key must be one of the
// program's two.
import { createPublicKey } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRODUCT } from '../main/updates/product.ts';
import { RELEASE_KEYS } from '../main/updates/release-feed.ts';
import {
  LIST_NAME,
  parseList,
  partsOf,
  publishedOf,
  readList,
  signList,
} from '../main/updates/release-list.ts';
import { notesOf } from './lib/changelog.mjs';
import { Refusal, root, runMain, say } from './lib/common.mjs';
import { askPassphrase, installersIn, publicTextOf, readPrivateKey } from './lib/release.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    ...{ folder: text, key: text, version: text, floor: text, days: { ...text, default: '30' }, stage: text },
    changelog: { ...text, default: join(root, 'docs', 'CHANGELOG.md') },
    ...{ halt: { type: 'boolean', default: false }, again: { type: 'boolean', default: false } },
    // A key that no program has: for rehearsals of the procedure, and tests.
    'for-tests': { type: 'boolean', default: false },
  },
});

const DAY_MS = 86_400_000;

function wanted(name) {
  if (values[name] === undefined) throw new Refusal(`--${name} is missing`);
  return values[name];
}

const whole = (name, min, max) => {
  const number = Number(wanted(name));
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new Refusal(`--${name} is a whole number from ${min} to ${max}`);
};

function listBefore(folder) {
  const before = parseList(partsOf(readFileSync(join(folder, LIST_NAME))).list);
  if (!before.ok) throw new Refusal(`the list that lies there is none: ${before.error.details?.field}`);
  return before.value;
}

/** What the changelog says of a version. */
function notesFor(version) {
  const notes = notesOf(readFileSync(values.changelog, 'utf8'), version);
  if (notes === null) throw new Refusal(`${values.changelog} says nothing of ${version}: write what is new`);
  return notes;
}

/** Whole or not at all: the folder may be what a server serves. */
function write(folder, name, content) {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

await runMain(async () => {
  const folder = wanted('folder');
  const before = values.again ? listBefore(folder) : null;
  const version = before?.version ?? wanted('version');
  const notes = before === null ? notesFor(version) : null;
  const issuedAtMs = Math.floor(Date.now() / 1_000) * 1_000;
  const iso = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');
  const list = {
    ...{ format: 1, product: PRODUCT, version, floor: values.floor ?? before?.floor ?? wanted('floor') },
    ...{ issuedAt: iso(issuedAtMs), expiresAt: iso(issuedAtMs + whole('days', 1, 90) * DAY_MS) },
    ...{ stagePercent: whole('stage', 0, 100), halt: values.halt },
    files: before?.files ?? (await installersIn(folder, version)),
  };
  const bytes = Buffer.from(`${JSON.stringify(list, null, 2)}\n`);
  const key = readPrivateKey(wanted('key'), await askPassphrase());
  if (!values['for-tests'] && !RELEASE_KEYS.includes(publicTextOf(key))) {
    throw new Refusal('no program has this key: every till would refuse the list');
  }
  const signature = signList(bytes, key);
  const read = readList(bytes, signature, [createPublicKey(key)]);
  if (!read.ok)
    throw new Refusal(`every till would refuse it: ${read.error.code} ${read.error.details?.field ?? ''}`);
  if (notes !== null) write(folder, 'notes.md', `${notes}\n`);
  write(folder, LIST_NAME, publishedOf(bytes, signature));
  say(
    `${version} for ${list.stagePercent} of 100 tills${list.halt ? ', HALTED' : ''}, until ${list.expiresAt}`,
  );
  for (const { platform, arch, kind, name } of list.files) say(`  ${platform} ${arch} ${kind}: ${name}`);
  return 0;
});
