import { describe, expect, it } from 'vitest';
import {
  isSame,
  markOf,
  marksOf,
  otherMarks,
  parseMarks,
  withMarks,
} from '../../../main/safety/machine/marks.ts';
import { createMachine, type SystemCalls, systemCalls } from '../../../main/safety/machine/read-machine.ts';

const silent: SystemCalls = {
  platform: 'linux',
  run: async () => null,
  read: () => null,
  list: () => [],
  follow: () => null,
};

describe('what a machine is known by', () => {
  it('is hashed, and what says nothing of a machine is no mark', () => {
    expect(markOf('4C4C4544-0042-3510-8056-B7C04F4E5432')).toMatch(/^[0-9a-f]{32}$/);
    expect(markOf(' abc\n')).toBe(markOf('ABC'));
    for (const none of [
      null,
      '',
      '00000000-0000-0000-0000-000000000000',
      'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
      '03000200-0400-0500-0006-000700080009',
      'To be filled by O.E.M.',
      'None',
    ])
      expect(markOf(none)).toBeUndefined();
  });

  it('is another machine where one mark is another; what is not told on both sides tells nothing', () => {
    const known = marksOf({ installation: 'a', board: 'b', disk: 'c' });
    expect(otherMarks(known, known)).toEqual([]);
    expect(otherMarks(known, marksOf({ installation: 'a', board: 'x', disk: null }))).toEqual(['board']);
    expect(otherMarks(known, marksOf({ installation: 'a', board: null, disk: 'x' }))).toEqual(['disk']);
    expect(otherMarks(known, {})).toEqual([]);
    expect(otherMarks({}, known)).toEqual([]);
  });

  it('is the same where one of the names by which a system calls a disk is, whatever an update adds or drops', () => {
    const known = marksOf({ installation: null, board: null, disk: ['ata-a', 'wwn-b'] });
    const named = (...disk: string[]) => marksOf({ installation: null, board: null, disk });
    expect(named('wwn-b', 'ata-a')).toEqual(known);
    expect(otherMarks(known, named('ata-a_1', 'wwn-b'))).toEqual([]);
    expect(otherMarks(known, named('ata-a'))).toEqual([]);
    expect(otherMarks(known, named('ata-c', 'wwn-d'))).toEqual(['disk']);
    expect(named()).toEqual({});
  });

  it('stays known by every name that it was met under', () => {
    const named = (...disk: string[]) => marksOf({ installation: 'a', board: null, disk });
    const grown = withMarks(named('ata-a', 'wwn-b'), named('wwn-b', 'ata-c'));
    expect(grown).toEqual(named('ata-a', 'wwn-b', 'ata-c'));
    expect(withMarks(marksOf({ installation: null, board: 'x', disk: null }), named('d'))).toEqual(
      marksOf({ installation: 'a', board: 'x', disk: ['d'] }),
    );
    expect(isSame(grown, named('ata-c', 'wwn-b', 'ata-a'))).toBe(true);
    expect(isSame(grown, named('ata-a'))).toBe(false);
    expect(isSame(grown, null)).toBe(false);
  });

  it('outlives being kept as JSON, and is nothing where it is damaged', () => {
    const known = marksOf({ installation: 'a', board: null, disk: 'c' });
    expect(parseMarks(JSON.parse(JSON.stringify(known)))).toEqual(known);
    expect(parseMarks('gone')).toBeNull();
  });
});

describe('each system is asked what it tells without rights', () => {
  it('Windows: the registry’s MachineGuid, SMBIOS and the disk by WMI', async () => {
    const asked: string[] = [];
    const machine = createMachine({
      ...silent,
      platform: 'win32',
      run: async (program, args) => {
        asked.push([program, ...args].join(' '));
        return program === 'reg.exe'
          ? '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    guid-1\r\n'
          : 'board=4C4C4544-0042\r\ndisk=S3Z\r\n';
      },
    });
    expect(await machine.marks()).toEqual(
      marksOf({ installation: 'guid-1', board: '4C4C4544-0042', disk: 'S3Z' }),
    );
    expect(asked.join('\n')).toMatch(/MachineGuid[\s\S]*Win32_ComputerSystemProduct/);
  });

  it('macOS: the platform’s UUID', async () => {
    const printed = '    "IOPlatformUUID" = "00000000-1111-5222-9333-444455556666"\n';
    const machine = createMachine({ ...silent, platform: 'darwin', run: async () => printed });
    expect(await machine.marks()).toEqual(
      marksOf({ installation: null, board: '00000000-1111-5222-9333-444455556666', disk: null }),
    );
  });

  it('Linux: the machine’s id, with the disk that the system lies on', async () => {
    const files: Record<string, string> = {
      '/etc/machine-id': 'b08dfa6083e7567a1921a715000001fb\n',
      '/proc/self/mounts': 'proc /proc proc rw 0 0\n/dev/nvme0n1p2 / ext4 rw 0 0\n',
    };
    const links: Record<string, string> = {
      'nvme-SAMSUNG_MZVL2_S64A': '../../nvme0n1',
      'nvme-SAMSUNG_MZVL2_S64A-part2': '../../nvme0n1p2',
      'nvme-eui.0025-part2': '../../nvme0n1p2',
      'wwn-0x500-part1': '../../nvme0n1p1',
      // By what was written onto it, which goes with a copy.
      'lvm-pv-uuid-a1': '../../nvme0n1p2',
    };
    const machine = createMachine({
      ...silent,
      read: (path) => files[path] ?? null,
      list: () => Object.keys(links),
      follow: (path) => links[path.split('/').at(-1) ?? ''] ?? null,
    });
    expect(await machine.marks()).toEqual(
      marksOf({
        installation: 'b08dfa6083e7567a1921a715000001fb',
        board: null,
        disk: ['nvme-SAMSUNG_MZVL2_S64A', 'nvme-eui.0025'],
      }),
    );
  });

  it('Linux: no disk where the root lies on what LVM or LUKS made', async () => {
    const machine = createMachine({
      ...silent,
      read: (path) => (path === '/proc/self/mounts' ? '/dev/mapper/vg-root / ext4 rw 0 0\n' : null),
      list: () => ['dm-name-vg-root', 'nvme-SAMSUNG_MZVL2_S64A-part2'],
      follow: () => '../../dm-0',
    });
    expect(await machine.marks()).toEqual({});
  });

  it('and none that refuses to tell ends a start', async () => {
    for (const platform of ['win32', 'darwin', 'linux', 'freebsd'] as const)
      expect(await createMachine({ ...silent, platform }).marks()).toEqual({});
    await expect(createMachine(systemCalls).marks()).resolves.toBeTypeOf('object');
    expect(await systemCalls.run('/no/such/program', [])).toBeNull();
  });

  it('nor one that cannot even be asked, where the call itself throws', async () => {
    // Longer than any system takes, and a name that is none: each is thrown, not called back.
    expect(await systemCalls.run(process.execPath, ['x'.repeat(8_000_000)])).toBeNull();
    expect(await systemCalls.run('power\0shell', [])).toBeNull();
    const refuse = () => {
      throw Object.assign(new Error('spawn UNKNOWN'), { code: 'UNKNOWN' });
    };
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      const machine = createMachine({ platform, run: refuse, read: refuse, list: refuse, follow: refuse });
      expect(await machine.marks()).toEqual({});
    }
  });
});
