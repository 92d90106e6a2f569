import { queryAccessTimes, queryDailyAccessTimesLog } from './access-times.ts';
import { type Answer, type Lie, refuse } from './answer.ts';
import type { Host } from './host-now.ts';
import { updateBalancePointByIncrement } from './increment.ts';
import { queryByNumber, queryBytel, queryByUid, queryCustomerPages } from './queries.ts';
import { queryAllRechargeLogs, queryCustomerRechargeLog } from './recharge-log.ts';
import {
  type Body,
  contentTypeIsRight,
  headRefusal,
  parseBody,
  type ReceivedRequest,
  readFields,
  routeOf,
} from './request.ts';
import { words } from './words.ts';

/** A business answer, or a refusal by the web server in front of the business. */
export type HostAnswer =
  | { readonly kind: 'business'; readonly answer: Answer }
  | { readonly kind: 'web'; readonly status: number; readonly words: string };

type Call = (host: Host, body: Body, callNumber: number, lie: Lie) => Answer;

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['customerOpenApi/updateBalancePointByIncrement', updateBalancePointByIncrement],
  ['customerOpenApi/queryByNumber', queryByNumber],
  ['customerOpenApi/queryByUid', queryByUid],
  ['customerOpenApi/queryBytel', queryBytel],
  // Written with a lower-case a in the documentation of this one call.
  ['customerOpenapi/queryBytel', queryBytel],
  ['customerOpenApi/queryCustomerPages', queryCustomerPages],
  ['customerOpenApi/queryCustomerRechargeLog', queryCustomerRechargeLog],
  ['customerOpenApi/queryAllRechargeLogs', queryAllRechargeLogs],
  ['openApiLimitAccess/queryAccessTimes', queryAccessTimes],
  ['openApiLimitAccess/queryDailyAccessTimesLog', queryDailyAccessTimesLog],
]);

const web = (status: number): HostAnswer => ({ kind: 'web', status, words: `HTTP ${status}` });

/** The HTTP status with which the web server turns a request away, or null where it reaches the business. */
export function webRefusal(request: ReceivedRequest, prefix: string): number | null {
  const route = routeOf(request.path, prefix);
  if (route === null || !calls.has(`${route.service}/${route.method}`)) return 404;
  if (request.verb !== 'POST') return 405;
  return contentTypeIsRight(request.headers['content-type']) ? null : 415;
}

/** Decides one request that reached the host whole. May change the ledger; throws where its file cannot be written. */
export function answerRequest(
  host: Host,
  request: ReceivedRequest,
  call: { readonly number: number; readonly signatureValid: boolean; readonly lie: Lie },
): HostAnswer {
  const status = webRefusal(request, host.prefix);
  if (status !== null) return web(status);
  return { kind: 'business', answer: answerBusiness(host, request, call) };
}

function answerBusiness(
  host: Host,
  request: ReceivedRequest,
  call: { readonly number: number; readonly signatureValid: boolean; readonly lie: Lie },
): Answer {
  const limit = host.profile.dailyCalls;
  if (limit !== null && host.callsToday > limit) return refuse(host.profile.quotaWords);
  const body = parseBody(request.body);
  if (body === null) return refuse(words.bodyNotJson);
  const read = readFields(body, { appId: 'String' });
  if (!read.ok) return read;
  if (read.fields.appId !== host.appId) return refuse(words.appIdUnknown);
  if (!call.signatureValid) return refuse(words.signatureInvalid);
  const refusal = headRefusal(request, host.nowMs, host.profile.timeStampToleranceMs);
  if (refusal !== null) return refusal;
  const route = routeOf(request.path, host.prefix);
  const handle = calls.get(`${route?.service}/${route?.method}`);
  if (handle === undefined) throw new Error('webRefusal lets only known calls through');
  return handle(host, body, call.number, call.lie);
}
