import { type Connection, err, ok, type Result } from '../../preload/contract/index.ts';
import type { HostAccount, MemberHost } from '../hosts/port/index.ts';
import type { Clock } from '../kernel/ports.ts';
import { readError } from '../members/index.ts';

export interface ConnectionReport {
  /** Members on the first page, which show that it is the intended account. */
  readonly members: number;
  readonly clockSkewMs: number | null;
}

/** One look-up with what was typed; stores nothing. Errors: all that can be between a till and KYBIO. */
export async function testConnection(
  account: Pick<Connection, 'host' | 'appId' | 'appKey'> & { readonly baseUrl?: string },
  clock: Clock,
  connect: (account: HostAccount) => MemberHost,
): Promise<Result<ConnectionReport>> {
  const { host, appId, appKey } = account;
  const tested = { baseUrl: account.baseUrl ?? host, appId, appKey };
  const client = connect(tested);
  try {
    const { exchange, result } = await client.readMembersPage(null);
    if (!result.ok) return err(readError(result.error));
    const dateMs = exchange.response?.dateMs ?? null;
    return ok({
      members: result.value.rows.length,
      clockSkewMs: dateMs === null ? null : dateMs - clock.nowMs(),
    });
  } finally {
    await client.close();
  }
}
