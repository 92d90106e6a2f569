import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type Machine, marksOf } from './marks.ts';

export interface SystemCalls {
  readonly platform: NodeJS.Platform;
  /** A program's output; null where it is missing, fails or takes too long. */
  run(program: string, args: readonly string[]): Promise<string | null>;
  /** Null where it does not exist or cannot be read. */
  read(path: string): string | null;
  /** Empty where it cannot be read. */
  list(path: string): readonly string[];
  /** Null where it is no link. */
  follow(path: string): string | null;
}

/** The longest that a start waits. */
const TIMEOUT_MS = 5_000;

const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

export const systemCalls: SystemCalls = {
  platform: process.platform,
  run: (program, args) =>
    new Promise((resolve) => {
      const options = { timeout: TIMEOUT_MS, windowsHide: true, encoding: 'utf8' } as const;
      try {
        execFile(program, [...args], options, (error, stdout) => resolve(error === null ? stdout : null));
      } catch {
        // Missing programs are reported by callback, forbidden ones by an exception.
        resolve(null);
      }
    }),
  read: (path) => orNull(() => readFileSync(path, 'utf8')),
  list: (path) => orNull(() => readdirSync(path)) ?? [],
  follow: (path) => orNull(() => readlinkSync(path)),
};

/** Reads marks without special rights (ADR 27). Whatever fails, a till must open. */
export function createMachine(system: SystemCalls = systemCalls): Machine {
  return {
    marks: async () => {
      try {
        if (system.platform === 'win32') return marksOf(await readWindows(system));
        if (system.platform === 'darwin') return marksOf(await readMac(system));
        return marksOf(readLinux(system));
      } catch {
        return {};
      }
    },
  };
}

const wmi = (of: string, property: string): string =>
  `(Get-CimInstance -ClassName ${of} -Property ${property} | Select-Object -First 1).${property}`;

async function readWindows({ run }: SystemCalls) {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
  const bootDisk = '(Get-Disk | Where-Object IsBoot | Select-Object -First 1).SerialNumber';
  const [registry, asked] = await Promise.all([
    run('reg.exe', ['query', key, '/v', 'MachineGuid', '/reg:64']),
    run('powershell.exe', [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      `'board=' + ${wmi('Win32_ComputerSystemProduct', 'UUID')}; 'disk=' + ${bootDisk}`,
    ]),
  ]);
  const printedUnder = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(asked ?? '')?.[1] ?? null;
  const installation = /MachineGuid\s+REG_SZ\s+(\S+)/.exec(registry ?? '')?.[1] ?? null;
  return { installation, board: printedUnder('board'), disk: printedUnder('disk') };
}

async function readMac({ run }: SystemCalls) {
  const printed = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
  const board = /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(printed ?? '')?.[1] ?? null;
  return { installation: null, board, disk: null };
}

/** Linux shows the board's serial number to root only: the disk counts instead. */
function readLinux({ read, list, follow }: SystemCalls) {
  const installation = read('/etc/machine-id') ?? read('/var/lib/dbus/machine-id');
  return {
    installation,
    board: read('/sys/class/dmi/id/product_uuid'),
    disk: rootDisk({ read, list, follow }),
  };
}

/** All names of the root file system's disk: updates add and drop some, so none is chosen. A root on LVM or LUKS has none. */
function rootDisk({ read, list, follow }: Pick<SystemCalls, 'read' | 'list' | 'follow'>): readonly string[] {
  const mounts = (read('/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' '));
  const device = mounts.find(([, mountPoint]) => mountPoint === '/')?.[0] ?? '';
  const partition = /^\/dev\/([^/]+)$/.exec(device)?.[1];
  if (partition === undefined) return [];
  const byId = '/dev/disk/by-id';
  // Model and serial number; a volume's label would go with a copy.
  return list(byId)
    .filter((name) => /^(ata|nvme|scsi|usb|virtio|mmc|wwn)-/.test(name))
    .filter((name) => follow(`${byId}/${name}`)?.split('/').at(-1) === partition)
    .map((name) => name.replace(/-part\d+$/, ''));
}
