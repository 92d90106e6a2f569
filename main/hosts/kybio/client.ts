import type { Clock, Logger, Network } from '../../kernel/ports.ts';
import type { Exchange, HostAccount, MemberHost, Read } from '../port/member-host.ts';
import { encodeBody, longOf } from './body.ts';
import { parseCallCount } from './call-count.ts';
import type { KnownWords } from './known-words.ts';
import { parseMember, parseMembers } from './member.ts';
import { cursorValue, parsePage } from './page.ts';
import { logOf, ofNumber, ofPhone, ofUid } from './queried-member.ts';
import { classifyRead, type Parsed, wasAnswered } from './read.ts';
import { parseRechargeLog, parseRechargeRow } from './recharge.ts';
import { signatureOf } from './signature.ts';
import { createTransport, type Transport } from './transport.ts';

export interface KybioClientOptions {
  readonly account: HostAccount;
  readonly clock: Clock;
  readonly logger?: Logger;
  /** Proxy settings and authorities; a direct connection where absent. */
  readonly network?: Network | undefined;
  /** The client's own by default; closed together with the client either way. */
  readonly transport?: Transport;
  /** The words that classify this host's errors; the platform's by default. */
  readonly words?: readonly KnownWords[];
}

const service = 'customerOpenApi';

function logExchange(logger: Logger | undefined, method: string, exchange: Exchange): void {
  logger?.info('kybio-call', {
    method,
    phase: exchange.phase,
    status: exchange.response?.status ?? null,
    failure: exchange.failure?.kind ?? null,
    code: exchange.failure?.code ?? null,
    elapsedMs: exchange.endedAtMs - exchange.startedAtMs,
  });
}

const cursorField = (cursor: string | null): Readonly<Record<string, unknown>> =>
  cursor === null ? {} : { postBackParameter: cursorValue(cursor) };

/**
 * A client for one account. Each method is exactly one call on a connection of its own, so that no older answer can be
 * taken for its own.
 */
export function createKybioClient(options: KybioClientOptions): MemberHost {
  const { account, clock, logger } = options;
  const transport = options.transport ?? createTransport({ clock, network: options.network });
  const urlOf = (method: string, ofService = service) =>
    `${account.baseUrl}/openapi/v1/${ofService}/${method}`;

  async function read<T>(
    method: string,
    fields: Readonly<Record<string, unknown>>,
    parseData: (data: unknown) => Parsed<T>,
    ofService = service,
  ): Promise<Read<T>> {
    const body = encodeBody({ appId: account.appId, ...fields });
    const exchange = await transport.exchange({
      url: urlOf(method, ofService),
      body,
      signature: signatureOf(body, account.appKey),
    });
    logExchange(logger, method, exchange);
    const result = classifyRead(exchange, parseData, options.words);
    return { exchange, isAnswered: wasAnswered(exchange), result };
  }

  return {
    async sendIncrement(signed, signal) {
      const method = 'updateBalancePointByIncrement';
      const exchange = await transport.exchange({
        url: urlOf(method),
        body: signed.body,
        signature: signed.signature,
        ...(signal === undefined ? {} : { signal }),
      });
      logExchange(logger, method, exchange);
      return exchange;
    },
    readByNumber: (customerNum) =>
      read('queryByNumber', { customerNum }, (data) => ofNumber(parseMember(data), customerNum)),
    readByUid: (customerUid) =>
      read('queryByUid', { customerUid: longOf(customerUid) }, (data) =>
        ofUid(parseMember(data), customerUid),
      ),
    // KYBIO spells this one service with a lower-case a.
    readByPhone: (customerTel) =>
      read(
        'queryBytel',
        { customerTel },
        (data) => ofPhone(parseMembers(data), customerTel),
        'customerOpenapi',
      ),
    readMembersPage: (sentCursor) =>
      read('queryCustomerPages', cursorField(sentCursor), (data) =>
        parsePage(data, parseMember, { sentCursor, unreadableRows: 'leave-out' }),
      ),
    readLog: (customerUid) =>
      read('queryCustomerRechargeLog', { customerUid: longOf(customerUid) }, (data) =>
        logOf(parseRechargeLog(data), customerUid),
      ),
    readLogOfAll: (stateDate, endDate, sentCursor) =>
      read('queryAllRechargeLogs', { stateDate, endDate, ...cursorField(sentCursor) }, (data) =>
        parsePage(data, parseRechargeRow, { sentCursor, unreadableRows: 'refuse' }),
      ),
    readCallCount: (beginDay, endDay) =>
      read(
        'queryDailyAccessTimesLog',
        { beginDate: beginDay, endDate: endDay },
        (data) => parseCallCount(data, { appId: account.appId, beginDay, endDay }),
        'openApiLimitAccess',
      ),
    networkChanged: () => transport.networkChanged(),
    close: () => transport.close(),
  };
}
