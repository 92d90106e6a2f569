import { kybio } from '../hosts/kybio/kybio.ts';
import type { HostProtocol } from '../hosts/port/member-host.ts';

/** The kind of member host that this program speaks to: chosen here alone. */
export const hostProtocol: HostProtocol = kybio;
