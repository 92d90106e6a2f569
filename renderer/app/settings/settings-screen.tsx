import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Policy, ScannerSettings } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { Advanced, Sets } from '../../kit/sets.tsx';
import { errorText } from '../../shared/i18n.ts';
import { SavedNote, SaveFailure } from '../../shared/saved-note.tsx';
import { useTill, useTopic } from '../../shared/topics.ts';
import { groups, type SettingsGroup } from './groups.ts';
import type { SettingName } from './policy-form.ts';
import { ScannerTest } from './scanner-test.tsx';
import { type PolicyProps, SettingRow } from './setting-row.tsx';
import styles from './settings.module.css';
import { usePolicy } from './use-policy.ts';

const c = classNames(styles);

const scannerOf = ({ scanMeanGapMs, scanPrefix, scanSuffix, scanEnd }: Policy): ScannerSettings => ({
  meanGapMs: scanMeanGapMs,
  prefix: scanPrefix,
  suffix: scanSuffix,
  end: scanEnd,
});

interface GroupProps extends PolicyProps {
  readonly group: SettingsGroup;
}

/** What only IT touches. */
function AdvancedRows({ group, form, policy }: GroupProps) {
  const { t } = useTranslation();
  const isOff = useTopic('update', ({ state }) => state === 'off');
  const names = group.advanced.filter((name) => !isOff || !name.startsWith('update'));
  if (names.length === 0) return null;
  return (
    <Advanced title={t('policy.advanced.title')} summary={t(`policy.advanced.${group.id}`)}>
      {names.map((name) => (
        <SettingRow key={name} form={form} policy={policy} name={name} />
      ))}
    </Advanced>
  );
}

function Group(props: GroupProps) {
  const { group, form, policy } = props;
  const { t } = useTranslation();
  const rows = (names: readonly SettingName[]) =>
    names.map((name) => <SettingRow key={name} form={form} policy={policy} name={name} />);
  const { people } = group;
  return (
    <>
      <Sets>
        {rows(group.rows)}
        {group.id === 'scanner' && <ScannerTest settings={scannerOf(policy)} />}
        {people === undefined && <AdvancedRows {...props} />}
      </Sets>
      {people !== undefined && (
        <Sets title={t('policy.who')}>
          {rows(people)}
          <AdvancedRows {...props} />
        </Sets>
      )}
    </>
  );
}

interface Props {
  /** The group that is shown first. */
  readonly start?: SettingsGroup['id'] | undefined;
}

export function SettingsScreen({ start }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const [group, setGroup] = useState(() => groups.find(({ id }) => id === start) ?? groups[0]);
  const form = usePolicy();
  const { shown: policy, failure } = form;
  const tabs = groups.map((one) => ({
    id: one.id,
    label: t(`policy.tabs.${one.id}`),
    isHere: one === group,
    onPress: () => setGroup(one),
  }));
  return (
    <ScreenFrame
      title={t('policy.title')}
      lead={t('policy.lead', { till: till.name })}
      actions={<SavedNote isSaved={form.isSaved} onEnd={form.forget} />}
      tabs={tabs}
    >
      <SaveFailure failure={failure} />
      {form.itProblem !== null && (
        <Note tone="warn">{`${errorText(t, form.itProblem)} (${form.itProblem.code})`}</Note>
      )}
      {failure === null && policy === null && <p className={c('hint')}>{t('policy.loading')}</p>}
      {policy !== null && group !== undefined && (
        <div key={group.id} className={c('parts')}>
          <Group group={group} form={form} policy={policy} />
        </div>
      )}
    </ScreenFrame>
  );
}
