import { kybio } from '../hosts/kybio/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';

/** The only place that chooses the host. */
export const hostProtocol: HostProtocol = kybio;
