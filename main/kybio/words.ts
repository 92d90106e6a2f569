/**
 * The words by which KYBIO's errors are told apart. Data, not code: the error-code table is not public, so
 * every row says where it comes from and when it was written down. The host check-up adds rows.
 */

export type WordsCategory =
  | 'credentials'
  | 'signature'
  | 'time-stamp'
  | 'permission'
  | 'quota'
  | 'duplicate'
  | 'back-end'
  | 'member-or-body';

export interface KnownWords {
  readonly category: WordsCategory;
  /** All of these occur in one message, in any order; case and spaces do not count. */
  readonly words: readonly string[];
  /** Or the reply's `errorCode` is this one. */
  readonly errorCode?: string;
  /** True where the words say that KYBIO knows no such member. */
  readonly notFound?: true;
  readonly source: string;
  /** yyyy-MM-dd. */
  readonly date: string;
}

// The increment document and KYBIO's help pages name no words at all. These rows are the wording that
// the platform's own field names and Chinese till software use; each is narrow, so that an
// error which says anything else stays unknown.
const platform = {
  source: 'field names of the KYBIO and Pospal Open API; not confirmed by a host',
  date: '2026-11-24',
};
const client = { source: 'public Pospal clients, by their authors’ notes', date: '2026-11-24' };

const rows = (
  category: WordsCategory,
  origin: { readonly source: string; readonly date: string },
  ...phrases: readonly (readonly string[])[]
): readonly KnownWords[] => phrases.map((words) => ({ category, words, ...origin }));

const notFound = (...phrases: readonly (readonly string[])[]): readonly KnownWords[] =>
  rows('member-or-body', platform, ...phrases).map((row) => ({ ...row, notFound: true }));

export const knownWords: readonly KnownWords[] = [
  ...rows('back-end', client, ['responseCode=5']),
  ...rows(
    'back-end',
    platform,
    ['timeout'],
    ['timed out'],
    ['超时'],
    ['系统繁忙'],
    ['系统异常'],
    ['服务器异常'],
  ),
  ...rows('back-end', platform, ['internal server error'], ['service unavailable'], ['bad gateway']),
  ...rows('duplicate', client, ['重复提交']),
  ...rows('duplicate', platform, ['duplicate submission'], ['submitted repeatedly'], ['repeated submission']),
  ...rows(
    'signature',
    platform,
    ['签名', '错误'],
    ['签名', '不正确'],
    ['签名', '无效'],
    ['签名', '失败'],
    ['验签失败'],
  ),
  ...rows(
    'signature',
    platform,
    ['signature', 'invalid'],
    ['signature', 'error'],
    ['signature', 'incorrect'],
  ),
  ...rows(
    'signature',
    platform,
    ['signature', 'wrong'],
    ['signature', 'mismatch'],
    ['signature', 'not match'],
  ),
  ...rows(
    'credentials',
    platform,
    ['appId', 'invalid'],
    ['appId', 'not exist'],
    ['appId', 'not found'],
    ['appId', 'wrong'],
  ),
  ...rows(
    'credentials',
    platform,
    ['appId', '无效'],
    ['appId', '不存在'],
    ['appId', '错误'],
    ['凭证', '无效'],
    ['凭证', '错误'],
  ),
  ...rows('credentials', platform, ['appKey', 'invalid'], ['appKey', '错误'], ['invalid credential']),
  ...rows(
    'time-stamp',
    platform,
    ['time-stamp', 'expired'],
    ['time-stamp', 'invalid'],
    ['timestamp', 'expired'],
  ),
  ...rows(
    'time-stamp',
    platform,
    ['timestamp', 'invalid'],
    ['时间戳', '过期'],
    ['时间戳', '无效'],
    ['时间戳', '错误'],
  ),
  ...rows(
    'permission',
    platform,
    ['no permission'],
    ['permission denied'],
    ['not authorized'],
    ['没有权限'],
    ['无权限'],
    ['未授权'],
  ),
  ...rows(
    'quota',
    platform,
    ['访问次数', '超'],
    ['访问次数', '上限'],
    ['访问次数', '用完'],
    ['调用次数', '超'],
    ['调用次数', '上限'],
  ),
  ...rows(
    'quota',
    platform,
    ['access times', 'exceed'],
    ['access times', 'limit'],
    ['quota', 'exceed'],
    ['limitTimes', 'exceed'],
  ),
  ...notFound(
    ['会员不存在'],
    ['会员', '未找到'],
    ['找不到', '会员'],
    ['member', 'not found'],
    ['member', 'not exist'],
  ),
  ...notFound(['customer', 'not found'], ['customer', 'not exist'], ['no such member']),
  ...rows(
    'member-or-body',
    platform,
    ['会员', '已禁用'],
    ['会员', '已停用'],
    ['会员', '已删除'],
    ['会员', '已过期'],
    ['会员', '已到期'],
  ),
  ...rows('member-or-body', platform, ['member', 'disabled'], ['member', 'deleted'], ['member', 'expired']),
  ...rows(
    'member-or-body',
    platform,
    ['customer', 'disabled'],
    ['customer', 'deleted'],
    ['customer', 'expired'],
  ),
  ...rows(
    'member-or-body',
    platform,
    ['余额不足'],
    ['积分不足'],
    ['insufficient balance'],
    ['insufficient point'],
  ),
  ...rows('member-or-body', platform, ['balance', 'not enough'], ['point', 'not enough']),
  ...rows('member-or-body', platform, ['balanceIncrement', 'invalid'], ['pointIncrement', 'invalid']),
  ...rows(
    'member-or-body',
    platform,
    ['dataChangeTime', 'invalid'],
    ['dataChangeTime', 'format'],
    ['customerUid', 'invalid'],
  ),
  ...rows('member-or-body', platform, ['balanceIncrement', '不能为空'], ['pointIncrement', '不能为空']),
  ...rows(
    'member-or-body',
    platform,
    ['dataChangeTime', '不能为空'],
    ['dataChangeTime', '格式'],
    ['customerUid', '不能为空'],
  ),
];

const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

// A stack trace may hold any word; only what a person would write is taken at its word. The two
// categories that stay `unknown` are looked for in all of it.
const longestPlainMessage = 300;
const anyLength: ReadonlySet<WordsCategory> = new Set(['back-end', 'duplicate']);

// Where a reply matches several, the one that sends least wins: a message that names a broken back end
// and a signature may have been applied.
const precedence: readonly WordsCategory[] = [
  'back-end',
  'duplicate',
  'signature',
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'member-or-body',
];

const matches = (row: KnownWords, messages: readonly string[], errorCode: string | null): boolean => {
  if (row.errorCode !== undefined && row.errorCode === errorCode) return true;
  if (row.words.length === 0) return false;
  const wanted = row.words.map(squeeze);
  return messages.some(
    (message) =>
      (anyLength.has(row.category) || message.length <= longestPlainMessage) &&
      wanted.every((word) => squeeze(message).includes(word)),
  );
};

/** The known words that an error's messages or code contain, or null where they are unknown. */
export function findWords(
  messages: readonly string[],
  errorCode: string | null,
  table: readonly KnownWords[],
): KnownWords | null {
  for (const category of precedence) {
    const found = table.find((row) => row.category === category && matches(row, messages, errorCode));
    if (found !== undefined) return found;
  }
  return null;
}
