import { describe, expect, it } from 'vitest';
import { parseCallCount } from '../../../main/hosts/kybio/call-count.ts';
import { parseLossless } from '../../../main/hosts/kybio/reply.ts';

const asked = { appId: 'ABCD1234', beginDay: '2026-11-23', endDay: '2026-11-30' };
const json = (text: string): unknown => parseLossless(text)?.json;
const parse = (text: string) => parseCallCount(json(text), asked);

/** A row as KYBIO's help page writes it; each part may be another, or left out by an empty text. */
const row = (change: Readonly<Record<string, string>> = {}): string => {
  const fields = {
    ...{ appId: '"ABCD1234"', accessDate: '"2026-11-30"', limitTimes: '3000', haveAcessTimes: '996' },
    ...change,
  };
  const told = Object.entries(fields).filter(([, value]) => value !== '');
  return `{${told.map(([name, value]) => `"${name}":${value}`).join()}}`;
};
const dayOf = (day: string, used: string): string => row({ accessDate: `"${day}"`, haveAcessTimes: used });

describe('how many calls the account has made', () => {
  it('is read a day, oldest first', () => {
    expect(parse(`[${dayOf('2026-11-30', '7')},${dayOf('2026-11-29', '300')}]`)).toEqual({
      kind: 'value',
      value: [
        { day: '2026-11-29', limit: 3_000, used: 300 },
        { day: '2026-11-30', limit: 3_000, used: 7 },
      ],
    });
  });

  it.each([
    ['spelt as KYBIO does', row(), 996],
    ['spelt rightly', row({ haveAcessTimes: '', haveAccessTimes: '12' }), 12],
    ['told twice alike', row({ haveAccessTimes: '"996"' }), 996],
    ['as text', row({ haveAcessTimes: '"996"' }), 996],
    ['none', row({ haveAcessTimes: '0' }), 0],
    ['the most', row({ haveAcessTimes: '1000000000' }), 1_000_000_000],
    ['with an exponent', row({ haveAcessTimes: '1E+3' }), 1_000],
    ['by an appId in another case', row({ appId: '" abcd1234"' }), 996],
    ['in a single record', row(), 996],
  ])('%s', (name, text, used) => {
    const data = name === 'in a single record' ? text : `[${text}]`;
    expect(parse(data)).toEqual({ kind: 'value', value: [{ day: '2026-11-30', limit: 3_000, used }] });
  });

  it('has no limit where the host tells none', () => {
    for (const limitTimes of ['', 'null'])
      expect(parse(`[${row({ limitTimes })}]`)).toMatchObject({ value: [{ limit: null, used: 996 }] });
  });

  it.each([
    ['no number', row({ haveAcessTimes: '"many"' })],
    ['none at all', row({ haveAcessTimes: '' })],
    ['told twice, and not alike', row({ haveAccessTimes: '12' })],
    ['below nothing', row({ haveAcessTimes: '-1' })],
    ['a part of one', row({ haveAcessTimes: '1.5' })],
    ['more than there can be', row({ haveAcessTimes: '1000000001' })],
    ['a limit that is no number', row({ limitTimes: '"free"' })],
    ['a limit that nobody has', row({ limitTimes: '99999999999' })],
    ['a day that there is not', row({ accessDate: '"2026-11-31"' })],
    ['a day in other letters', row({ accessDate: '"30/11/2026"' })],
    ['a day with its hour', row({ accessDate: '"2026-11-30 11:00:00"' })],
    ['no day', row({ accessDate: '' })],
    ['one day twice, and not alike', `${row()},${row({ haveAcessTimes: '997' })}`],
    ['a row that is none', `${row()},5`],
  ])('%s makes it unreadable', (_name, rows) => {
    expect(parse(`[${rows}]`).kind).toBe('unreadable');
  });

  it('is unreadable in what is no list, or a list that never ends', () => {
    expect(parse('"x"').kind).toBe('unreadable');
    expect(parse(`[${Array.from({ length: 1_001 }, () => row()).join()}]`).kind).toBe('unreadable');
    expect(parse(`[${Array.from({ length: 1_000 }, () => row()).join()}]`).kind).toBe('value');
  });

  it.each(['null', '[]', `[${dayOf('2026-12-01', '3')}]`, `[${dayOf('2026-11-22', '3')}]`])(
    'is not told by %s',
    (text) => {
      expect(parse(text).kind).toBe('nothing');
    },
  );

  const other = (appId: string, used = '5') => row({ appId: `"${appId}"`, haveAcessTimes: used });

  it('is ours alone among the rows of a chain, whatever the others say', () => {
    expect(parse(`[${other('OTHER')},${row()},${other('ANOTHER', '"?"')}]`)).toEqual({
      kind: 'value',
      value: [{ day: '2026-11-30', limit: 3_000, used: 996 }],
    });
  });

  it('is told under one strange appId that stands in all rows, and under no two of them', () => {
    expect(parse(`[${other('MASKED**34', '8')}]`)).toMatchObject({ value: [{ used: 8 }] });
    expect(parse(`[${other('OTHER')},${other('other')}]`)).toMatchObject({ value: [{ used: 5 }] });
    expect(parse(`[${other('OTHER')},${other('ANOTHER')}]`).kind).toBe('nothing');
    expect(parse(`[${row({ appId: '' })}]`).kind).toBe('nothing');
    expect(parse(`[${row({ appId: '' })},${other('OTHER')}]`).kind).toBe('nothing');
  });
});
