import { arch, cpus, freemem, homedir, release as systemRelease, totalmem, uptime, version } from 'node:os';
import type * as Electron from 'electron';
import type { AboutParts } from '../support/about.ts';
import type { HostFacts } from '../support/gather-facts.ts';

const { electron, chrome, node, v8 } = process.versions;

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

/** Of its own, so that it is the system's: the page's has been led nowhere. */
const systemSession = ({ session }: typeof Electron): Electron.Session =>
  session.fromPartition('system-proxy', { cache: false });

async function proxyFor(shell: typeof Electron, address: string): Promise<'none' | 'set' | 'unknown'> {
  try {
    const answer = await systemSession(shell).resolveProxy(address);
    // `DIRECT`, or a list of servers; which ones is nobody's business here.
    return answer.split(';').every((way) => /^\s*(DIRECT)?\s*$/i.test(way)) ? 'none' : 'set';
  } catch {
    return 'unknown';
  }
}

export function readHostFacts(shell: typeof Electron, release: boolean): HostFacts {
  const { app, screen } = shell;
  return {
    home: homedir(),
    program: {
      ...{ name: app.getName(), version: app.getVersion(), packaged: app.isPackaged, release },
      ...{ electron: electron ?? '', chromium: chrome ?? '', node, v8 },
    },
    system: {
      ...{ platform: process.platform, arch: arch(), release: systemRelease(), version: version() },
      locale: app.getLocale(),
      processors: cpus().length,
      memoryMegabytes: { free: megabytes(freemem()), of: megabytes(totalmem()) },
      runningForSeconds: { system: Math.round(uptime()), program: Math.round(process.uptime()) },
      displays: screen
        .getAllDisplays()
        .map(({ size, scaleFactor }) => `${size.width}x${size.height} at ${scaleFactor}`),
      // Whether, and never what: such an address can have a password in it.
      proxyVariables: proxyVariables.filter(
        (name) => (process.env[name] ?? process.env[name.toLowerCase()] ?? '') !== '',
      ),
    },
    proxyFor: (address) => proxyFor(shell, address),
  };
}

export const readAbout = ({ app }: typeof Electron, licencesFile: string): AboutParts => ({
  ...{ name: app.getName(), version: app.getVersion() },
  runtime: [`Electron ${electron ?? ''}`, `Chromium ${chrome ?? ''}`, `Node ${node}`],
  system: `${process.platform} ${arch()} ${systemRelease()}`,
  dataFolder: app.getPath('userData'),
  licencesFile,
});
