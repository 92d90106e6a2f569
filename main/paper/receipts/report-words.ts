import type {
  ComparedFloat,
  EntryState,
  FigureLine,
  Language,
  ShiftReport,
} from '../../../preload/contract/index.ts';
import type { Matched } from '../../day/index.ts';

/** Texts of a shift's report on paper, in the receipts' language. */
export interface ReportWords {
  readonly x: (number: number) => string;
  readonly z: (number: number) => string;
  readonly businessDay: string;
  readonly till: string;
  readonly opened: string;
  readonly closed: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly reckoned: string;
  /** The zone of all times. */
  readonly zone: string;
  readonly numbers: string;
  readonly blind: string;
  readonly clockBack: (before: string, after: string) => string;
  readonly restored: (time: string) => string;
  readonly fromCopy: string;
  readonly elsewhere: string;
  readonly unlisted: (entries: number) => string;
  readonly atKybio: (arrived: string) => string;
  readonly arrived: Readonly<Record<keyof ShiftReport['arrived'], (entries: number) => string>>;
  readonly matched: Readonly<Record<Matched['is'], string>>;
  /** Matched, with so many left to check. */
  readonly toCheck: (count: number) => string;
  readonly float: string;
  readonly taken: string;
  readonly reversed: string;
  readonly paidIn: string;
  readonly paidOut: string;
  readonly lateGivenBack: string;
  readonly expected: string;
  readonly counted: string;
  readonly variance: string;
  /** A variance below zero. */
  readonly short: string;
  readonly over: string;
  readonly reason: string;
  readonly notAsked: string;
  readonly byState: string;
  readonly byCashier: string;
  readonly figures: string;
  /** Taken, less given back. */
  readonly net: string;
  readonly lines: Readonly<Record<FigureLine, string>>;
  /** Shown for a line that an older version lacks. */
  readonly bonus: string;
  readonly points: string;
  readonly hours: string;
  readonly unsettled: string;
  /** Entries imported from lost tills' receipts. */
  readonly takenUp: string;
  readonly late: string;
  /** The last count, its shift, the float, and their difference. */
  readonly floats: Readonly<
    Record<ComparedFloat['kind'], (counted: string, shift: number, float: string, left: string) => string>
  >;
  readonly uncountedBefore: (sum: string) => string;
  readonly openedBy: (who: string) => string;
  readonly openings: string;
  readonly afterPaper: string;
  readonly cancelledBy: (who: string) => string;
  /** Entries whose tender was changed. */
  readonly tenderChanges: string;
  /** How many rows of a list are left out. */
  readonly notListed: string;
  /** 0: before the first shift. */
  readonly ofShift: (number: number) => string;
  readonly states: Readonly<Record<EntryState, string>>;
  readonly signature: string;
  /** Between names in a line, after what a line is about, and between sentences. */
  readonly comma: string;
  readonly colon: string;
  readonly gap: string;
}

export const reportWords: Readonly<Record<Language, ReportWords>> = {
  en: {
    x: (number) => `X report, shift ${number}`,
    z: (number) => `Z report ${number}`,
    businessDay: 'Business day',
    till: 'Till',
    opened: 'Opened',
    closed: 'Closed',
    by: 'by',
    approvedBy: 'Approved by',
    reckoned: 'Figures as of',
    zone: 'Time zone',
    numbers: 'Numbers',
    blind: 'Cash is left out: the drawer is not counted yet.',
    clockBack: (before, after) => `The clock was set back from ${before} to ${after}.`,
    restored: (time) => `A backup was restored at ${time}: what came after it may be missing.`,
    fromCopy: 'The key of the journal was lost since the opening: the shift continued from an unproven copy.',
    elsewhere: 'The drawer is counted at another till: no cash was counted here.',
    unlisted: (entries) => `${entries} more entries are in the sums and not in the lists.`,
    atKybio: (arrived) => `At KYBIO: ${arrived}.`,
    arrived: {
      byReply: (entries) => `${entries} by its own reply`,
      byEvidence: (entries) => `${entries} by evidence`,
      byManager: (entries) => `${entries} by a manager`,
      notYet: (entries) => `${entries} not yet`,
    },
    matched: {
      matched: "Compared with KYBIO's log.",
      'not-yet': "Not compared with KYBIO's log yet.",
      impossible: "Cannot be compared: this till's top-ups were not seen in KYBIO's log.",
    },
    toCheck: (count) => `Compared with KYBIO's log: ${count} to check.`,
    float: 'Float',
    taken: 'Taken',
    reversed: 'Given back by reversals',
    paidIn: 'Paid in',
    paidOut: 'Paid out',
    lateGivenBack: 'Refunded after the close',
    expected: 'Expected',
    counted: 'Counted',
    variance: 'Variance',
    short: 'Variance, short',
    over: 'Variance, over',
    reason: 'Reason',
    notAsked: 'Tender not asked',
    byState: 'Taken, by state',
    byCashier: 'By cashier',
    figures: 'Figures',
    net: 'Net',
    lines: {
      taken: 'Taken',
      reversed: 'Given back by reversals',
      late: 'Refunded after the close',
      cancelled: 'Refused or cancelled',
      unsettled: 'Not settled yet',
      takenUp: 'From receipts, other drawer',
      paidIn: 'Paid in',
      paidOut: 'Paid out',
      before: 'Sold before the first shift',
      afterPaper: 'Given back after a receipt',
      uncounted: 'Drawer elsewhere, not counted',
      toBank: 'Float: to the bank',
      putIn: 'Float: put in',
      openedSale: 'Drawer opened: cash entries',
      openedReversal: 'Drawer opened: reversals',
      openedCancelled: 'Drawer opened: given back later',
      openedPaidIn: 'Drawer opened: paid in',
      openedPaidOut: 'Drawer opened: paid out',
      openedNoSale: 'Drawer opened: no sale',
    },
    bonus: 'Bonus',
    points: 'Points',
    hours: 'By hour',
    unsettled: 'Not settled yet',
    takenUp: 'Imported from receipts',
    late: 'Late settlements',
    floats: {
      none: () => 'Nothing was counted before this float.',
      same: (counted, shift) => `Counted last ${counted} (shift ${shift}), and the float is the same.`,
      'to-bank': (counted, shift, float, left) =>
        `Counted last ${counted} (shift ${shift}), float ${float}: ${left} to the bank.`,
      'put-in': (counted, shift, float, left) =>
        `Counted last ${counted} (shift ${shift}), float ${float}: ${left} put in.`,
    },
    uncountedBefore: (sum) => `Taken since with the drawer elsewhere, counted by nobody here: ${sum}.`,
    openedBy: (who) => `Opened by ${who}.`,
    openings: 'Drawer opened, by cashier',
    afterPaper: 'Given back after a receipt',
    cancelledBy: (who) => `cancelled by ${who}`,
    tenderChanges: 'Payment method changed',
    notListed: 'Not listed',
    ofShift: (number) => (number === 0 ? 'before the first shift' : `shift ${number}`),
    states: {
      queued: 'Waiting',
      sending: 'Sending',
      confirmed: 'Done',
      rejected: 'Refused',
      unknown: 'Checking',
      review: 'Needs review',
      cancelled: 'Cancelled',
    },
    signature: 'Signature:',
    comma: ', ',
    colon: ': ',
    gap: ' ',
  },
  zh: {
    x: (number) => `X 报表，班次 ${number}`,
    z: (number) => `Z 报表 ${number}`,
    businessDay: '营业日',
    till: '收银台',
    opened: '开班',
    closed: '关班',
    by: '经手',
    approvedBy: '批准人',
    reckoned: '数字截至',
    zone: '时区',
    numbers: '单号',
    blind: '现金未列出：钱箱还没有清点。',
    clockBack: (before, after) => `时钟从 ${before} 被调回到 ${after}。`,
    restored: (time) => `${time} 恢复了备份：之后的录入可能缺失。`,
    fromCopy: '开班后流水密钥丢失：班次由未经证明的副本继续。',
    elsewhere: '钱箱在另一台收银台清点：这里没有清点现金。',
    unlisted: (entries) => `另有 ${entries} 笔已计入合计，未在清单列出。`,
    atKybio: (arrived) => `KYBIO：${arrived}。`,
    arrived: {
      byReply: (entries) => `答复确认 ${entries} 笔`,
      byEvidence: (entries) => `凭证据 ${entries} 笔`,
      byManager: (entries) => `经理确认 ${entries} 笔`,
      notYet: (entries) => `尚未确认 ${entries} 笔`,
    },
    matched: {
      matched: '已与 KYBIO 的记录对照。',
      'not-yet': '尚未与 KYBIO 的记录核对。',
      impossible: '无法核对：KYBIO 的记录中未见本收银台的充值。',
    },
    toCheck: (count) => `已与 KYBIO 的记录对照：${count} 笔需查看。`,
    float: '备用金',
    taken: '收款',
    reversed: '冲正',
    paidIn: '存入',
    paidOut: '取出',
    lateGivenBack: '为以前班次退还',
    expected: '应有',
    counted: '清点',
    variance: '差额',
    short: '差额，短缺',
    over: '差额，多出',
    reason: '原因',
    notAsked: '未记付款方式',
    byState: '收款，按状态',
    byCashier: '按收银员',
    figures: '合计',
    net: '净额',
    lines: {
      taken: '收款',
      reversed: '冲正',
      late: '为以前班次退还',
      cancelled: '被拒绝或已作废',
      unsettled: '未完成',
      takenUp: '小票补录，另一钱箱',
      paidIn: '存入',
      paidOut: '取出',
      before: '首次开班前收款',
      afterPaper: '出小票后退还',
      uncounted: '钱箱在别处，未清点',
      toBank: '备用金：取出',
      putIn: '备用金：补入',
      openedSale: '开钱箱：现金录入',
      openedReversal: '开钱箱：冲正',
      openedCancelled: '开钱箱：后来退还',
      openedPaidIn: '开钱箱：存入',
      openedPaidOut: '开钱箱：取出',
      openedNoSale: '开钱箱：无交易',
    },
    bonus: '赠送',
    points: '积分',
    hours: '按小时',
    unsettled: '未完成',
    takenUp: '由小票补录',
    late: '以前班次的后续结果',
    floats: {
      none: () => '首次开班，没有上次清点可对照。',
      same: (counted, shift) => `上次清点 ${counted}（班次 ${shift}），备用金相同。`,
      'to-bank': (counted, shift, float, left) =>
        `上次清点 ${counted}（班次 ${shift}），备用金 ${float}：比上次清点少 ${left}，记为已取出（如送存银行）。`,
      'put-in': (counted, shift, float, left) =>
        `上次清点 ${counted}（班次 ${shift}），备用金 ${float}：比上次清点多 ${left}，记为补入。`,
    },
    uncountedBefore: (sum) => `此后钱箱在别处时收的、这里无人清点的现金：${sum}。`,
    openedBy: (who) => `开班人：${who}。`,
    openings: '开钱箱，按收银员',
    afterPaper: '出小票后退还',
    cancelledBy: (who) => `${who} 作废`,
    tenderChanges: '更改过付款方式',
    notListed: '未列出',
    ofShift: (number) => (number === 0 ? '首次开班前' : `班次 ${number}`),
    states: {
      queued: '待发送',
      sending: '发送中',
      confirmed: '已完成',
      rejected: '被拒绝',
      unknown: '核对中',
      review: '待经理处理',
      cancelled: '已作废',
    },
    signature: '签名：',
    comma: '，',
    colon: '：',
    gap: '',
  },
  ms: {
    x: (number) => `Laporan X, syif ${number}`,
    z: (number) => `Laporan Z ${number}`,
    businessDay: 'Hari perniagaan',
    till: 'Kaunter',
    opened: 'Dibuka',
    closed: 'Ditutup',
    by: 'oleh',
    approvedBy: 'Diluluskan oleh',
    reckoned: 'Angka setakat',
    zone: 'Zon waktu',
    numbers: 'Nombor',
    blind: 'Tunai tidak disenaraikan: laci belum dikira.',
    clockBack: (before, after) => `Jam diundur dari ${before} ke ${after}.`,
    restored: (time) => `Sandaran dipulihkan pada ${time}: apa yang selepasnya mungkin tiada.`,
    fromCopy: 'Kunci jurnal hilang selepas syif dibuka: syif diteruskan daripada salinan tanpa bukti.',
    elsewhere: 'Laci dikira di kaunter lain: tiada tunai dikira di sini.',
    unlisted: (entries) => `${entries} entri lagi ada dalam jumlah, tiada dalam senarai.`,
    atKybio: (arrived) => `Di KYBIO: ${arrived}.`,
    arrived: {
      byReply: (entries) => `${entries} oleh jawapannya sendiri`,
      byEvidence: (entries) => `${entries} dengan bukti`,
      byManager: (entries) => `${entries} oleh pengurus`,
      notYet: (entries) => `${entries} belum`,
    },
    matched: {
      matched: 'Sudah dibandingkan dengan log KYBIO.',
      'not-yet': 'Belum dibandingkan dengan log KYBIO.',
      impossible: 'Tidak boleh dibandingkan: tambah nilai kaunter ini tidak dilihat dalam log KYBIO.',
    },
    toCheck: (count) => `Sudah dibandingkan dengan log KYBIO: ${count} perlu dilihat.`,
    float: 'Wang apungan',
    taken: 'Diterima',
    reversed: 'Dipulangkan (tarik balik)',
    paidIn: 'Wang masuk',
    paidOut: 'Wang keluar',
    lateGivenBack: 'Dipulangkan bagi syif terdahulu',
    expected: 'Sepatutnya',
    counted: 'Dikira',
    variance: 'Perbezaan',
    short: 'Perbezaan, kurang',
    over: 'Perbezaan, lebih',
    reason: 'Sebab',
    notAsked: 'Cara bayaran tidak ditanya',
    byState: 'Diterima, mengikut status',
    byCashier: 'Mengikut juruwang',
    figures: 'Angka',
    net: 'Bersih',
    lines: {
      taken: 'Diterima',
      reversed: 'Dipulangkan (tarik balik)',
      late: 'Dipulangkan bagi syif terdahulu',
      cancelled: 'Ditolak atau dibatalkan',
      unsettled: 'Belum selesai',
      takenUp: 'Daripada resit, laci lain',
      paidIn: 'Wang masuk',
      paidOut: 'Wang keluar',
      before: 'Diterima sebelum syif pertama',
      afterPaper: 'Dipulangkan selepas resit',
      uncounted: 'Laci di tempat lain, tidak dikira',
      toBank: 'Wang apungan: ke bank',
      putIn: 'Wang apungan: ditambah',
      openedSale: 'Laci dibuka: entri tunai',
      openedReversal: 'Laci dibuka: tarik balik',
      openedCancelled: 'Laci dibuka: kemudian dipulangkan',
      openedPaidIn: 'Laci dibuka: wang masuk',
      openedPaidOut: 'Laci dibuka: wang keluar',
      openedNoSale: 'Laci dibuka: tanpa jualan',
    },
    bonus: 'Bonus',
    points: 'Mata',
    hours: 'Mengikut jam',
    unsettled: 'Belum selesai',
    takenUp: 'Diambil daripada resit',
    late: 'Penyelesaian lewat',
    floats: {
      none: () => 'Tiada kiraan tutup terdahulu untuk dibandingkan.',
      same: (counted, shift) => `Kiraan terakhir ${counted} (syif ${shift}), wang apungan sama.`,
      'to-bank': (counted, shift, float, left) =>
        `Kiraan terakhir ${counted} (syif ${shift}), wang apungan ${float}: ${left} ke bank.`,
      'put-in': (counted, shift, float, left) =>
        `Kiraan terakhir ${counted} (syif ${shift}), wang apungan ${float}: ${left} ditambah.`,
    },
    uncountedBefore: (sum) =>
      `Diterima sejak itu semasa laci di tempat lain, tidak dikira sesiapa di sini: ${sum}.`,
    openedBy: (who) => `Dibuka oleh ${who}.`,
    openings: 'Laci dibuka, mengikut juruwang',
    afterPaper: 'Dipulangkan selepas resit',
    cancelledBy: (who) => `dibatalkan oleh ${who}`,
    tenderChanges: 'Cara bayaran diubah',
    notListed: 'Tidak disenaraikan',
    ofShift: (number) => (number === 0 ? 'sebelum syif pertama' : `syif ${number}`),
    states: {
      queued: 'Menunggu',
      sending: 'Menghantar',
      confirmed: 'Selesai',
      rejected: 'Ditolak',
      unknown: 'Sedang disemak',
      review: 'Perlu pengurus',
      cancelled: 'Dibatalkan',
    },
    signature: 'Tandatangan:',
    comma: ', ',
    colon: ': ',
    gap: ' ',
  },
};
