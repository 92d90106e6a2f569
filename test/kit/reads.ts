import { parseMember } from '../../main/hosts/kybio/member.ts';
import { classifyRead, wasAnswered } from '../../main/hosts/kybio/read.ts';
import type { Exchange, HostMember, MemberHost, Page, Read } from '../../main/hosts/port/member-host.ts';
import { answered, errorReply } from '../hosts/kybio/support/increment.ts';

type MemberRead = Read<HostMember>;

/** A look-up's answer, with what the client makes of it. */
const read = (exchange: Exchange): MemberRead => ({
  exchange,
  isAnswered: wasAnswered(exchange),
  result: classifyRead(exchange, parseMember),
});

const success = (data: object): MemberRead =>
  read(answered(200, JSON.stringify({ status: 'success', data })));

export const recordOf = (number: string, customerUid = '1'): MemberRead =>
  success({ customerUid, number, name: 'x', balance: '1', point: '1' });
export const brokenRecord = success({ customerUid: '1', number: '1', name: 'x', balance: 'much' });
export const brokenBackEnd = read(answered(200, errorReply('responseCode=500')));
export const badGateway = read(answered(502, '<html>Bad Gateway</html>'));
export const notFound = read(answered(404, '<html>Not Found</html>'));
export const noPermission = read(answered(401, ''));
export const noAnswerInTime = read({
  ...answered(200, ''),
  phase: 'sent',
  response: null,
  failure: { kind: 'timeout', code: 'ETIMEDOUT' },
});
export const noNetwork = read({
  ...answered(200, ''),
  phase: 'connecting',
  response: null,
  failure: { kind: 'dns', code: 'ENOTFOUND' },
});

/** A page of the directory with nobody on it, where a member was read. */
export const asPage = ({ result, ...answer }: MemberRead): Read<Page<HostMember>> => ({
  ...answer,
  result: result.ok ? { ok: true, value: { rows: [], cursor: null } } : result,
});

/** KYBIO's end of the look-ups: each is answered at once and written down: a card's number, "uid …" or "page". */
export function answerLookUps(answer: (asked: string) => MemberRead) {
  const asked: string[] = [];
  const ask = (what: string): Promise<MemberRead> => {
    asked.push(what);
    return Promise.resolve(answer(what));
  };
  const over: Pick<MemberHost, 'readByNumber' | 'readByUid' | 'readMembersPage'> = {
    readByNumber: ask,
    readByUid: (customerUid) => ask(`uid ${customerUid}`),
    readMembersPage: async () => asPage(await ask('page')),
  };
  return { asked, over };
}
