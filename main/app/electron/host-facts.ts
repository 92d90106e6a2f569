import { arch, cpus, freemem, homedir, release as systemRelease, totalmem, uptime, version } from 'node:os';
import type * as Electron from 'electron';
import { describeRoute, waysOf } from '../../hosts/network/index.ts';
import type { AboutParts } from '../support/about.ts';
import type { HostFacts } from '../support/gather-facts.ts';
import type { SystemNetwork } from './system-network.ts';

const { electron, chrome, node, v8 } = process.versions;

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

async function proxyFor(network: SystemNetwork, address: string): Promise<string> {
  const ways = waysOf(await network.resolveProxy(address).catch(() => ''));
  return ways.length === 0 ? 'unknown' : ways.map(describeRoute).join(', then ');
}

function authoritiesOf(network: SystemNetwork): string {
  const { certificates, from } = network.readAuthorities();
  return from === null
    ? 'those of the program alone'
    : `${certificates.length} of ${from} beside the program's`;
}

export function readHostFacts(
  { app, screen }: typeof Electron,
  network: SystemNetwork,
  release: boolean,
): HostFacts {
  return {
    home: homedir(),
    program: {
      name: app.getName(),
      version: app.getVersion(),
      packaged: app.isPackaged,
      release,
      electron: electron ?? '',
      chromium: chrome ?? '',
      node,
      v8,
    },
    system: {
      platform: process.platform,
      arch: arch(),
      release: systemRelease(),
      version: version(),
      locale: app.getLocale(),
      processors: cpus().length,
      memoryMegabytes: { free: megabytes(freemem()), of: megabytes(totalmem()) },
      runningForSeconds: { system: Math.round(uptime()), program: Math.round(process.uptime()) },
      displays: screen
        .getAllDisplays()
        .map(({ size, scaleFactor }) => `${size.width}x${size.height} at ${scaleFactor}`),
      // Names only: the value may have a password.
      proxyVariables: proxyVariables.filter(
        (name) => (process.env[name] ?? process.env[name.toLowerCase()] ?? '') !== '',
      ),
    },
    proxyFor: (address) => proxyFor(network, address),
    authorities: () => authoritiesOf(network),
  };
}

export const readAbout = ({ app }: typeof Electron, licencesFile: string): AboutParts => ({
  name: app.getName(),
  version: app.getVersion(),
  runtime: [`Electron ${electron ?? ''}`, `Chromium ${chrome ?? ''}`, `Node ${node}`],
  system: `${process.platform} ${arch()} ${systemRelease()}`,
  dataFolder: app.getPath('userData'),
  licencesFile,
});
