import { kybio } from '../hosts/kybio/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';

/** The kind of member host that this program speaks to: chosen here alone. */
export const hostProtocol: HostProtocol = kybio;
