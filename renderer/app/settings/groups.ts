import type { SettingName } from './policy-form.ts';

/** One tab of the settings. */
export interface SettingsGroup {
  readonly id: 'limits' | 'offline' | 'pay' | 'screen' | 'scanner' | 'day';
  readonly rows: readonly SettingName[];
  /** In a second card. */
  readonly people?: readonly SettingName[];
  /** What only IT touches. */
  readonly advanced: readonly SettingName[];
}

/** Where each setting is. */
export const groups: readonly SettingsGroup[] = [
  {
    id: 'limits',
    rows: ['balanceCap', 'pointCap', 'memberWaitingCap', 'tillWaitingCap'],
    people: ['managerUnlockedMs', 'peopleLockAfterMs'],
    advanced: ['repeatWithinMs'],
  },
  {
    id: 'offline',
    rows: ['offlineWindowMs'],
    advanced: ['callsPerDay', 'memberKeptMs', 'tillNumbersDeclared'],
  },
  { id: 'pay', rows: ['ownTenders'], advanced: [] },
  { id: 'screen', rows: ['keypad', 'quickAmounts', 'screenLanguage'], advanced: [] },
  { id: 'scanner', rows: ['scanEnd'], advanced: ['scanMeanGapMs', 'scanPrefix', 'scanSuffix'] },
  {
    id: 'day',
    rows: ['businessDayEndsAtMinute', 'floatCap', 'varianceLimit'],
    advanced: ['updateFromMinute', 'updateToMinute', 'updateOnPress'],
  },
];

export const namesIn = ({ rows, people = [], advanced }: SettingsGroup): readonly SettingName[] => [
  ...rows,
  ...people,
  ...advanced,
];
