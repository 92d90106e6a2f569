import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { Advanced, Sets } from '../../kit/sets.tsx';
import { errorText } from '../../shared/i18n.ts';
import { SaveActions, SaveFailure } from '../../shared/save-actions.tsx';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useFirstWrong } from '../../shared/use-first-wrong.ts';
import { groups, groupWith, type SettingsGroup } from './groups.ts';
import type { PolicyProblems, SettingName } from './policy-form.ts';
import { ScannerTest } from './scanner-test.tsx';
import { type FieldsProps, SettingRow } from './setting-row.tsx';
import styles from './settings.module.css';
import { usePolicy } from './use-policy.ts';

const c = classNames(styles);

interface GroupProps extends FieldsProps {
  readonly group: SettingsGroup;
}

/** What only IT touches; opens where it is changed or wrong. */
function AdvancedRows({ group, form, fields }: GroupProps) {
  const { t } = useTranslation();
  const isOff = useTopic('update', ({ state }) => state === 'off');
  const names = group.advanced.filter((name) => !isOff || !name.startsWith('update'));
  if (names.length === 0) return null;
  const isNeeded = names.some((name) => form.changes.has(name) || name in form.problems);
  return (
    <Advanced
      title={t('policy.advanced.title')}
      summary={t(`policy.advanced.${group.id}`)}
      isNeeded={isNeeded}
    >
      {names.map((name) => (
        <SettingRow key={name} form={form} fields={fields} name={name} />
      ))}
    </Advanced>
  );
}

function Group(props: GroupProps) {
  const { group, form, fields } = props;
  const { t } = useTranslation();
  const rows = (names: readonly SettingName[]) =>
    names.map((name) => <SettingRow key={name} form={form} fields={fields} name={name} />);
  const { people } = group;
  return (
    <>
      <Sets>
        {rows(group.rows)}
        {group.id === 'scanner' && <ScannerTest settings={form.scanner} />}
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
  const { ref, jump } = useFirstWrong();
  const goTo = (problems: PolicyProblems) => {
    setGroup((here) => groupWith(new Set(Object.keys(problems) as SettingName[])) ?? here);
    jump();
  };
  const form = usePolicy(goTo);
  const { fields, failure } = form;
  const actions = (
    <SaveActions
      saving={form.saving}
      changes={form.changes.size}
      wrong={Object.keys(form.problems).length}
      onWrong={() => goTo(form.problems)}
      onSave={form.save}
      onDiscard={form.discard}
    />
  );
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
      actions={actions}
      tabs={tabs}
    >
      <SaveFailure failure={failure} />
      {form.itProblem !== null && (
        <Note tone="warn">{`${errorText(t, form.itProblem)} (${form.itProblem.code})`}</Note>
      )}
      {failure === null && fields === null && <p className={c('hint')}>{t('policy.loading')}</p>}
      {fields !== null && group !== undefined && (
        <div ref={ref} key={group.id} className={c('parts')}>
          <Group group={group} form={form} fields={fields} />
        </div>
      )}
    </ScreenFrame>
  );
}
