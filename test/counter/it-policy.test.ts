import { describe, expect, it } from 'vitest';
import { policyFile, readItPolicy } from '../../main/counter/it-policy.ts';
import { whoSets } from '../../preload/contract/index.ts';

describe('a computer’s policy file', () => {
  it('is looked for where each system keeps what administrators set', () => {
    expect(policyFile('win32', { ProgramData: 'C:\\ProgramData' })).toBe(
      'C:\\ProgramData\\Counterfoil\\policy.json',
    );
    expect(policyFile('win32', {})).toBeNull();
    expect(policyFile('darwin', {})).toBe('/Library/Application Support/Counterfoil/policy.json');
    expect(policyFile('linux', {})).toBe('/etc/counterfoil/policy.json');
  });

  it('has the names and bounds of a provisioning file’s policy', () => {
    const settings = { callsPerDay: 500, keypad: true, quickAmounts: ['10', '20'] };
    expect(readItPolicy(`\ufeff${JSON.stringify(settings)}`)).toEqual({ ok: true, value: settings });
    expect(readItPolicy('{}')).toEqual({ ok: true, value: {} });
  });

  it.each([
    ['', 'file'],
    ['[]', 'file'],
    ['null', 'file'],
    ['{"callsPerDay":500', 'file'],
    ['{"callsPerDay":500,"keypadd":true}', 'keypadd'],
    ['{"callsPerDay":1}', 'callsPerDay'],
    ['{"callsPerDay":"500"}', 'callsPerDay'],
    ['{"keypad":null}', 'keypad'],
    ['{"quickAmounts":["10","ten"]}', 'quickAmounts.1'],
    // A manager’s declaration on screen is no file’s.
    ['{"tillNumbersDeclared":true}', 'tillNumbersDeclared'],
    ['{"__proto__":{"keypad":true}}', '__proto__'],
  ])('%s is refused whole, by %s', (text, field) => {
    expect(readItPolicy(text)).toEqual({
      ok: false,
      error: { code: 'it-policy-invalid', details: { field } },
    });
  });
});

it('IT decides before an owner, and an owner before a manager', () => {
  const above = { it: ['keypad'], owner: ['keypad', 'varianceLimit'] };
  expect(['keypad', 'varianceLimit', 'floatCap'].map((name) => whoSets(name, above))).toEqual([
    'it',
    'owner',
    'manager',
  ]);
});
