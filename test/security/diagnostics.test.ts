import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnose } from '../../main/app/support/diagnose.ts';
import { saveConfig } from '../../main/hosts/config.ts';
import { POLICY_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { signerOf } from '../../main/hosts/kybio/kybio.ts';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { makeRecoveryCode } from '../../main/people/credentials/recovery-code.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { realClock } from '../kit/practice-store.ts';
import { testHost } from '../kit/support.ts';
import { random, temporaryFolder } from '../people/credentials/support.ts';
import { isIn } from './support/live-till.ts';

/** Digits alone, so that only who knows it finds it. */
const appKey = '683617643339437382';
const recoveryCode = makeRecoveryCode(random);
const body = '{"appId":"ABC","customerUid":231607639459718452,"balanceIncrement":50.00}';
const { signature } = signerOf(appKey).signBody(Buffer.from(body));

function secretsOfTill() {
  const [journalKey, pinPepper] = [random.bytes(32), random.bytes(32)];
  const vault = createMemoryVault({ appKey, journalKey, pinPepper }, random);
  const secrets: Readonly<Record<string, string>> = {
    'the appKey': appKey,
    'the appKey in base64': Buffer.from(appKey).toString('base64'),
    'the journal key': journalKey.toString('base64'),
    'the journal key in hex': journalKey.toString('hex'),
    'the journal key for addresses': journalKey.toString('base64url'),
    'the pepper': pinPepper.toString('base64'),
    'the recovery code': recoveryCode,
    'a signature': signature,
    'a body': body,
    'a phone': '96661234',
    'a phone with its country': '+65 9666 1234',
  };
  return { vault, secrets };
}

/** A till's folder into whose log and settings somebody has written each of them, past all that would have masked it. */
async function tillWith(secrets: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'logs'));
  const line = (msg: string, more = {}) => JSON.stringify({ level: 50, time: 1, msg, ...more });
  const lines = Object.values(secrets).flatMap((secret) => [
    line(`Error: ${secret} at x`),
    line('event', { reason: secret, deep: { er: [secret] }, [secret]: 1 }),
    `no JSON at all: ${secret} `,
  ]);
  const named = [line('event', { pin: '493827', managerPin: 493_827 }), line('typed pin=493827 here')];
  writeFileSync(join(folder, 'logs', 'till.log'), [...lines, ...named, line('the last line')].join('\n'));
  const opened = openDatabase(databaseFile(liveFolder(folder)));
  if (!opened.ok) throw new Error(opened.error.code);
  const settings = createSettings(opened.value);
  saveConfig(settings, {
    ...{ host: 'https://kybio.example', appId: 'APP', tillName: 'Counter 1', storeTimeZone: 'UTC' },
    ...{ currency: 'SGD', language: 'en', tillNumber: 1, tillCount: 1 },
  });
  settings.set(POLICY_KEY, JSON.stringify({ scanPrefix: 'x', inside: Object.values(secrets) }));
  opened.value.close();
  return folder;
}

it('24: no secret is in a diagnostics file, wherever in the till it was put', async () => {
  const { vault, secrets } = secretsOfTill();
  const folder = await tillWith(secrets);
  const text = await diagnose({
    folder,
    vault,
    clock: realClock,
    place: null,
    shown: null,
    verification: null,
    host: { ...testHost, system: { variables: Object.values(secrets) } },
  });
  const found = Object.entries({ ...secrets, 'the PIN': '493827' }).filter(([, secret]) =>
    isIn(text, secret),
  );
  expect(found.map(([kind]) => kind)).toEqual([]);
  // What the search itself could miss: the parts that they were put into are there.
  for (const part of ['the last line', 'scanPrefix', 'kybio.example', '"variables"'])
    expect(text).toContain(part);
});
