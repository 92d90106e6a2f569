import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { checkProvisioning } from '../../main/app/provision.ts';
import { exitOfReport, provisionExit } from '../../main/app/provision-report.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { type AppError, appError, errorCodes, ok } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { temporaryFolder } from '../kit/till.ts';

const good = {
  ...{ host: 'https://kybio.example', appId: 'APP', appKey: 'SECRET-KEY', tillName: 'Counter 3' },
  ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' },
};

/** In Singapore it is the 15th of January 2026. */
const _clock = createTestClock();

function check(content: object, problem: AppError | null = null) {
  const path = join(temporaryFolder(), 'till.json');
  writeFileSync(path, JSON.stringify(content));
  return checkProvisioning(path, {
    protocol: kybio,
    accountProblem: () => problem,
    liveConfig: () => ok(null),
  });
}

it('takes what the page for operators shows, once somebody has filled it in', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/operators.md'), 'utf8');
  const [, example = ''] = /```json\n([^`]+)```/.exec(page) ?? [];
  const file = JSON.parse(example.replaceAll('…', '271828')) as object;
  expect(check(file)).toMatchObject({ ok: true, value: { managerPin: '271828', config: { tillNumber: 2 } } });
});

it('takes the settings of a manager, each by its own rules, and none that only a person declares', () => {
  const policy = { balanceCap: '500', callsPerDay: 600, keypad: true };
  expect(check({ ...good, policy })).toMatchObject({ ok: true, value: { policy, managerPin: null } });
  expect(check(good)).toMatchObject({ ok: true, value: { policy: null } });
  for (const [wrong, field] of [
    [{ balanceCap: 'much' }, 'policy.balanceCap'],
    [{ callsPerDay: 1 }, 'policy.callsPerDay'],
    [{ singleWriter: true }, 'policy.singleWriter'],
    [{ tillNumbersDeclared: true }, 'policy.tillNumbersDeclared'],
    [{ ballanceCap: '5' }, 'policy.ballanceCap'],
    ['none', 'policy'],
  ] as const)
    expect(check({ ...good, policy: wrong })).toMatchObject({
      ok: false,
      error: { code: 'provisioning-invalid', details: { field } },
    });
});

it('knows a file that was imported before, with the settings that stay in it', () => {
  const { appKey: _, ...rest } = good;
  expect(check({ ...rest, policy: { keypad: true }, imported: '2026-01-15T00:00:00.000Z' })).toEqual({
    ok: true,
    value: null,
  });
});

it('says what stands against the account before anything is kept', () => {
  expect(check(good, appError('other-account'))).toMatchObject({ error: { code: 'other-account' } });
});

it('ends with a code for each kind of refusal, and with 0 for none', () => {
  const report = { till: null, wiped: null, warnings: [] };
  expect(exitOfReport({ ...report, provisioning: 'imported', problem: null })).toBe(0);
  const exit = (code: (typeof errorCodes)[number]) =>
    exitOfReport({ ...report, provisioning: 'refused', problem: { code } });
  expect(exit('provisioning-invalid')).toBe(provisionExit.file);
  expect(exit('host-insecure')).toBe(provisionExit.file);
  expect(exit('other-account')).toBe(provisionExit.account);
  expect(exit('keyring-plain-text')).toBe(provisionExit.keyring);
  expect(exit('database-newer')).toBe(provisionExit.data);
  expect(exit('data-missing')).toBe(provisionExit.data);
  expect(exit('other-user')).toBe(provisionExit.user);
  expect(exit('second-copy')).toBe(provisionExit.running);
  expect(errorCodes.map(exit)).not.toContain(0);
});
