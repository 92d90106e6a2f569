import type { KnownWords, WordsCategory } from './known-words.ts';

/**
 * Words of KYBIO's errors. Data, not code: the error-code table is not public, so every row has its source and date.
 * Most are a mention, which makes the till careful and concludes nothing.
 */

export interface Origin {
  readonly source: string;
  readonly date: string;
}

const client: Origin = { source: 'public Pospal clients, by their authors’ notes', date: '2026-11-24' };
// KYBIO's documents name no error words. These rows are what the platform's field names and Chinese till software
// suggest; the practice store uses them too.
export const platform: Origin = {
  source: 'field names of the KYBIO and Pospal Open API; not confirmed by a host',
  date: '2026-11-24',
};

/** One row a phrase; its parts, split at `+`, may occur in any order. */
const rows = (
  category: WordsCategory,
  { source, date }: Origin,
  phrases: readonly string[],
): readonly KnownWords[] => phrases.map((phrase) => ({ category, words: phrase.split('+'), source, date }));

const backEnd = ['timeout', 'timed out', 'internal server error', 'service unavailable', 'bad gateway'];
const backEndChinese = ['超时', '系统繁忙', '系统异常', '服务器异常'];
const duplicate = ['duplicate submission', 'submitted repeatedly', 'repeated submission'];
const signature = ['invalid', 'error', 'incorrect', 'wrong', 'mismatch', 'not match'].map(
  (what) => `signature+${what}`,
);
const signatureChinese = ['签名+错误', '签名+不正确', '签名+无效', '签名+失败', '验签失败'];
const credentials = [
  'invalid',
  'not exist',
  'not found',
  'wrong',
  'required',
  '无效',
  '不存在',
  '错误',
  '不能为空',
].map((what) => `appId+${what}`);
const otherCredentials = ['appKey+invalid', 'appKey+错误', 'invalid credential', '凭证+无效', '凭证+错误'];
const timeStamp = ['time-stamp', 'timestamp'].flatMap((field) => [`${field}+expired`, `${field}+invalid`]);
const timeStampChinese = ['时间戳+过期', '时间戳+无效', '时间戳+错误'];
const permission = ['no permission', 'permission denied', 'not authorized', '没有权限', '无权限', '未授权'];
const quota = [
  'access times+exceed',
  'access times+limit',
  'access limit reached',
  'quota+exceed',
  'limitTimes+exceed',
];
const quotaChinese = ['访问次数+超', '访问次数+上限', '访问次数+用完', '调用次数+超', '调用次数+上限'];
const people = ['member', 'customer'];
const notFound = people.flatMap((who) => [`${who}+not found`, `${who}+not exist`, `no such ${who}`]);
const notFoundChinese = ['会员不存在', '会员+未找到', '找不到+会员'];
const unfit = people.flatMap((who) => [`${who}+disabled`, `${who}+deleted`, `${who}+expired`]);
const unfitChinese = ['会员+已禁用', '会员+已停用', '会员+已删除', '会员+已过期', '会员+已到期'];
const poor = people.flatMap((who) => [`${who}+balance+insufficient`, `${who}+points+insufficient`]);
const poorChinese = ['余额不足', '积分不足'];
const badField = ['customerUid', 'balanceIncrement', 'pointIncrement', 'dataChangeTime'].flatMap((field) =>
  ['invalid', 'not a valid', 'required', 'format', '不能为空', '格式'].map((what) => `${field}+${what}`),
);

export const knownWords: readonly KnownWords[] = [
  ...['重复提交', '重复提交修改'].map(
    (reply): KnownWords => ({ category: 'duplicate', words: [reply], whole: true, ...client }),
  ),
  ...rows('back-end', client, ['responseCode=5']),
  ...rows('back-end', platform, [...backEnd, ...backEndChinese]),
  ...rows('duplicate', client, ['重复提交']),
  ...rows('duplicate', platform, duplicate),
  ...rows('signature', platform, [...signature, ...signatureChinese]),
  ...rows('credentials', platform, [...credentials, ...otherCredentials]),
  ...rows('time-stamp', platform, [...timeStamp, ...timeStampChinese]),
  ...rows('permission', platform, permission),
  ...rows('quota', platform, [...quota, ...quotaChinese]),
  ...rows('member-or-body', platform, [...notFound, ...notFoundChinese]).map(
    (row): KnownWords => ({ ...row, notFound: true }),
  ),
  ...rows('member-or-body', platform, [...unfit, ...unfitChinese, ...poor, ...poorChinese, ...badField]),
];
