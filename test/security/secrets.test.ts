import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from 'electron';
import * as secretStore from '../../main/app/electron/secret-store.ts';
import * as sessionPolicy from '../../main/app/electron/session-policy.ts';
import * as member from '../../main/hosts/kybio/member.ts';
import * as vault from '../../main/people/credentials/vault.ts';
import { planted } from '../faults/faults.ts';
import { silentLogger } from '../kit/till.ts';
import { random, temporaryFolder } from '../people/credentials/support.ts';
import { fakeSafeStorage } from './support/safe-storage.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { vault, secretStore, sessionPolicy, member };
type Modules = typeof sound;

const appKey = '0123456789ABCDEF0123456789ABCDEF';

/** Everything below a folder, as text. */
const textIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

const holds = (text: string, secret: string): boolean =>
  [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')].some((form) =>
    text.toLowerCase().includes(form.toLowerCase()),
  );

const sealed: ModuleCheck<Modules> = {
  number: '21',
  title: 'the keys lie on the disk sealed only, by the asynchronous calls only',
  breaches: async (modules) => {
    const folder = temporaryFolder();
    const fake = fakeSafeStorage('gnome_libsecret', 'v11');
    const secrets = modules.secretStore.createSafeStorageSecretStore(fake.storage, 'linux');
    const opened = modules.vault.createVault({ folder, secrets, random });
    const saved = await opened.save(appKey);
    const pepper = saved.ok ? saved.value.pinPepper.toString('base64') : '';
    const loaded = await opened.load();
    const text = textIn(folder);
    return through({
      'the key in a file': holds(text, appKey),
      'the pepper in a file': holds(text, pepper),
      'a synchronous call': fake.synchronousCalls() > 0,
      'nothing kept at all': loaded.state !== 'present' || loaded.secrets.appKey !== appKey,
    });
  },
  controls: [
    {
      ...planted('keys-not-sealed'),
      finds: 'the key in a file',
    },
    {
      ...planted('synchronous-sealing'),
      finds: 'a synchronous call',
    },
  ],
};

const plainText: ModuleCheck<Modules> = {
  number: '22',
  title: 'without a keyring on Linux nothing is kept, and the code says why',
  breaches: async (modules) => {
    const found: Record<string, boolean> = {};
    const cases = [
      ['basic_text', 'basic_text', 'v11', 'keyring-plain-text'],
      ['an unknown back end', 'unknown', 'v11', 'keyring-unavailable'],
      ['a seal with the public password', 'gnome_libsecret', 'v10', 'keyring-plain-text'],
    ] as const;
    for (const [name, backend, prefix, code] of cases) {
      const folder = temporaryFolder();
      const { storage } = fakeSafeStorage(backend, prefix);
      const secrets = modules.secretStore.createSafeStorageSecretStore(storage, 'linux');
      const saved = await modules.vault.createVault({ folder, secrets, random }).save(appKey);
      found[name] = saved.ok || saved.error.code !== code || readdirSync(folder).length > 0;
    }
    return through(found);
  },
  controls: [
    {
      ...planted('basic-text-is-a-keyring'),
      finds: 'basic_text',
    },
    {
      ...planted('any-back-end-is-a-keyring'),
      finds: 'an unknown back end',
    },
    {
      ...planted('public-password-is-a-seal'),
      finds: 'a seal with the public password',
    },
  ],
};

const kept = 'customerUid number name categoryName phone balance point enable expiryDate'.split(' ');

const parsing: ModuleCheck<Modules> = {
  number: '26',
  title: 'of a member only what the till needs gets through the parser',
  breaches: async ({ member: { parseMember } }) => {
    const parsed = parseMember({
      customerUid: '231607639459718452',
      number: '8008010001',
      name: 'Tan Mei Ling',
      categoryName: 'Gold',
      phone: '96661234',
      balance: '1.5',
      point: '2',
      enable: '1',
      expiryDate: '2030-01-01 00:00:00',
      password: 'E10ADC3949BA59ABBE56E057F20F883E',
      address: '1 Orchard Road',
      email: 'mei@example.com',
      birthday: '1990-01-01',
      qq: '12345',
      remarks: 'pays late',
    });
    if (parsed.kind !== 'value') return ['no member at all'];
    const names = Object.keys(parsed.value);
    return through({
      password: names.includes('password') || JSON.stringify(parsed).includes('E10ADC'),
      'what is not needed': names.some((name) => !kept.includes(name)),
      'not even what is': kept.some((name) => !names.includes(name)),
    });
  },
  controls: ['password', 'what is not needed'].map((finds) => ({
    ...planted('every-field-of-a-member'),
    finds,
  })),
};

/** No device can be plugged into a test: the handler is asked what Chromium would ask it. */
const devices: ModuleCheck<Modules> = {
  number: '5',
  title: 'the device handler gives no device',
  breaches: async ({ sessionPolicy: { applySessionPolicy } }) => {
    let mayUse = (_: unknown): boolean => true;
    const session = {
      setDevicePermissionHandler: (handler: typeof mayUse) => {
        mayUse = handler;
      },
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setSpellCheckerEnabled: () => undefined,
      setProxy: async () => undefined,
      webRequest: { onBeforeRequest: () => undefined },
      on: () => undefined,
    };
    applySessionPolicy(session as unknown as Session, { release: true, logger: silentLogger });
    return ['hid', 'serial', 'usb'].filter((deviceType) =>
      mayUse({ deviceType, origin: 'counterfoil://app', device: {} }),
    );
  },
  controls: [
    {
      ...planted('devices-granted'),
      finds: 'usb',
    },
  ],
};

checkModules(sound, [sealed, plainText, parsing, devices]);
