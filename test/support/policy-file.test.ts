import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAdministratorsAlone } from '../../main/app/support/policy-acl.ts';
import { byAccessList, byOwner, loadItPolicy, policyPlace } from '../../main/app/support/policy-file.ts';
import { describeOnPosix } from '../kit/posix.ts';
import { temporaryFolder } from '../kit/till.ts';

const owner = process.getuid?.() ?? 0;
const good = '{"keypad":true}';

function place(text: string | null = good) {
  const folder = join(temporaryFolder(), 'counterfoil');
  mkdirSync(folder, { mode: 0o755 });
  const file = join(folder, 'policy.json');
  if (text !== null) writeFileSync(file, text, { mode: 0o644 });
  return { folder, file, load: () => loadItPolicy({ file, distrust: byOwner(owner) }) };
}

const none = { settings: {}, problem: null };
const refused = (code: string, details: Record<string, unknown> = {}) => ({
  settings: {},
  problem: { code, details: expect.objectContaining(details) },
});

describe('where it is looked for', () => {
  it('by a release in the system’s place alone, by a test build where it is told', () => {
    const env = { COUNTERFOIL_POLICY_FILE: '/tmp/policy.json', ProgramData: 'C:\\ProgramData' };
    expect(policyPlace(true, env).file).not.toBe('/tmp/policy.json');
    expect(policyPlace(false, env).file).toBe('/tmp/policy.json');
  });
});

describeOnPosix('a policy file', () => {
  it('locks nothing where there is none, nor where the system has no place', async () => {
    expect(await place(null).load()).toEqual(none);
    expect(await loadItPolicy({ file: null, distrust: byOwner(owner) })).toEqual(none);
    const { file } = place();
    expect(await loadItPolicy({ file: join(file, 'policy.json'), distrust: byOwner(owner) })).toEqual(none);
  });

  it('is used where it and its folder are the administrator’s alone', async () => {
    expect(await place().load()).toEqual({ settings: { keypad: true }, problem: null });
  });

  it('is not used where another could have written or replaced it', async () => {
    const { file } = place();
    expect(await loadItPolicy({ file, distrust: byOwner(owner + 1) })).toEqual(
      refused('it-policy-unsafe', { why: 'owner' }),
    );
    for (const of of ['file', 'folder'] as const)
      for (const more of [0o020, 0o002]) {
        const here = place();
        chmodSync(here[of], 0o755 | more);
        expect(await here.load(), `${of} ${more}`).toEqual(refused('it-policy-unsafe', { why: 'owner' }));
      }
  });

  it('is no link, no folder and no pipe', async () => {
    const { file: target } = place();
    const linked = place(null);
    symlinkSync(target, linked.file);
    expect(await linked.load()).toEqual(refused('it-policy-unsafe', { why: 'link' }));
    const beside = place();
    const byFolder = join(temporaryFolder(), 'linked');
    symlinkSync(beside.folder, byFolder);
    const file = join(byFolder, 'policy.json');
    expect(await loadItPolicy({ file, distrust: byOwner(owner) })).toEqual(
      refused('it-policy-unsafe', { why: 'link' }),
    );
    const folder = place(null);
    mkdirSync(folder.file);
    expect(await folder.load()).toEqual(refused('it-policy-unsafe', { why: 'not-a-file' }));
    const pipe = place(null);
    execFileSync('mkfifo', ['-m', '644', pipe.file]);
    expect(await pipe.load()).toEqual(refused('it-policy-unsafe', { why: 'not-a-file' }));
  });

  it('is not used where another file has its name once its access list was read', async () => {
    const { file } = place();
    const distrust = async () => {
      rmSync(file);
      writeFileSync(file, good);
      return null;
    };
    expect(await loadItPolicy({ file, distrust })).toEqual(refused('it-policy-unsafe', { why: 'unproven' }));
  });

  it('is read up to 64 KB, and used whole or not at all', async () => {
    expect(await place(good + ' '.repeat(65_536)).load()).toEqual(
      refused('it-policy-invalid', { field: 'file' }),
    );
    expect(await place('{"keypad":true,"keypadd":1}').load()).toEqual(
      refused('it-policy-invalid', { field: 'keypadd' }),
    );
  });

  it('by Windows’ access lists, as its PowerShell tells them: of the file, then of the folder', async () => {
    const { file } = place();
    const admins = 'O:BAD:PAI(A;;FA;;;BA)(A;;0x1200a9;;;BU)';
    const load = (said: string | null) => loadItPolicy({ file, distrust: byAccessList(async () => said) });
    expect(await load(`${admins}\r\n${admins}\r\n`)).toEqual({ settings: { keypad: true }, problem: null });
    const users = 'O:BAD:(A;;FA;;;BU)';
    for (const said of [`${users}\r\n${admins}`, `${admins}\r\n${users}`])
      expect(await load(said)).toEqual(refused('it-policy-unsafe', { why: 'owner' }));
    for (const said of [null, '', admins])
      expect(await load(said)).toEqual(refused('it-policy-unsafe', { why: 'unproven' }));
  });
});

describe('an access list of Windows', () => {
  const system = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';

  it.each([
    'O:BAG:S-1-5-21-1-2-3-513D:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)',
    'O:SYG:SYD:AI(A;ID;FA;;;SY)(A;ID;FRFX;;;BU)',
    `O:${system}D:(A;;GRGX;;;WD)`,
    // For what is made in the folder.
    'O:BAD:(A;OICIIO;GA;;;CO)(A;;FR;;;AU)',
    'O:BAD:(D;;FA;;;BU)(A;;FR;;;BU)',
  ])('%s lets administrators alone alter a file', (sddl) => {
    expect(isAdministratorsAlone(sddl, 'file')).toBe(true);
  });

  it.each([
    // The till’s user made it, write-protected or not.
    'O:S-1-5-21-1-2-3-1001D:(A;;FA;;;SY)(A;;FR;;;BU)',
    'O:BUD:(A;;FR;;;BU)',
    'O:BAD:(A;;FA;;;BU)',
    'O:BAD:(A;;FW;;;AU)',
    'O:BAD:(A;;0x1301bf;;;BU)',
    'O:BAD:(A;;DC;;;BU)',
    'O:BAD:(A;;SD;;;WD)',
    'O:BAD:(A;;WO;;;S-1-5-21-1-2-3-1001)',
    'O:BAD:(A;;GW;;;BU)',
    // A denial that stands behind is none.
    'O:BAD:(A;;FA;;;BU)(D;;FA;;;BU)',
    // No list at all lets everybody.
    'O:BAD:NO_ACCESS_CONTROL',
    'O:BA',
    'O:BAD:',
    'O:BAD:(A;;??;;;BU)',
    'O:BAD:(A;;F;;;BU)',
    'O:BAD:(XA;;FR;;;BU;(@User.x == 1))',
    'O:BAD:(OA;;FR;;;BU)',
    '',
  ])('%s does not', (sddl) => {
    expect(isAdministratorsAlone(sddl, 'file')).toBe(false);
  });

  it('of a folder may let others make files, and not take any away', () => {
    expect(isAdministratorsAlone('O:BAD:(A;;FA;;;BA)(A;CI;DCLC;;;BU)(A;OICI;0x1200a9;;;BU)', 'folder')).toBe(
      true,
    );
    for (const rights of ['DT', 'SD', 'FA', 'WD', 'GA', '0x1301ff'])
      expect(isAdministratorsAlone(`O:BAD:(A;;${rights};;;BU)`, 'folder'), rights).toBe(false);
  });
});
