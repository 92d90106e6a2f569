import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import {
  askedAgain,
  bridgeMethod,
  type ChannelName,
  isAskedAgain,
  type ManagersAct,
} from '../../../../preload/contract/index.ts';

const root = join(import.meta.dirname, '../../../../renderer');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const textOf = new Map(files.map((name) => [name, readFileSync(join(root, name), 'utf8')]));

/** Its dialog takes the App key, and the till's own PIN always. */
const always: readonly ManagersAct[] = ['setup:replaceKey'];

const acts = (Object.keys(askedAgain) as ManagersAct[]).filter((act) => isAskedAgain(act));

it.each(acts.filter((act) => !always.includes(act)))('%s: its page asks main’s table', (act) => {
  const channel = act.split(' ')[0] as ChannelName;
  const callers = files.filter((name) => textOf.get(name)?.includes(`.${bridgeMethod(channel)}`));
  expect(callers).not.toEqual([]);
  for (const caller of callers) {
    const page = files.filter((name) => dirname(name) === dirname(caller)).map((name) => textOf.get(name));
    expect(page.some((text) => text?.includes('again') && text.includes(channel))).toBe(true);
  }
});
