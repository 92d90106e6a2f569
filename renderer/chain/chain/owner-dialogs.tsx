import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signedParts } from '../../../preload/contract/app/values.ts';
import type { SignedPart } from '../../../preload/contract/index.ts';
import { CheckBox } from '../../kit/check-box.tsx';
import { DayBox, isDay } from '../../kit/day-box.tsx';
import { Facts } from '../../kit/facts.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import type { ChainAct } from '../../shared/view-store.ts';
import { Changes } from './changes.tsx';
import { useMoment } from './use-moment.ts';

/** Makes the owner's key and the chain; then the code is shown, once. */
export function MakeDialog() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isMissingShown, showMissing] = useState(false);
  const isMissing = name.trim() === '';
  return (
    <PinDialog
      title={t('chain.acts.make.title')}
      lead={t('chain.acts.make.lead')}
      action={t('chain.acts.make.action')}
      again="chain:make"
      check={() => {
        showMissing(true);
        return !isMissing;
      }}
      send={(pin) => till.chainMake({ name, pin })}
      onDone={({ made }) => {
        if (made !== null) view.open({ kind: 'chain', act: { kind: 'code', code: made.code } });
      }}
      takesFocus={false}
    >
      <TextBox
        label={t('chain.name')}
        hint={t('chain.nameHint')}
        value={name}
        onChange={setName}
        maxLength={100}
        error={isMissingShown && isMissing ? t('chain.nameMissing') : undefined}
        takesFocus
      />
    </PinDialog>
  );
}

/** What is to be set for all tills, and from when; then what that changes is shown. */
export function SignDialog({ parts }: { readonly parts: readonly SignedPart[] }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<readonly SignedPart[]>(parts.length === 0 ? signedParts : parts);
  const [day, setDay] = useState('');
  const [areProblemsShown, showProblems] = useState(false);
  const isHalf = day !== '' && !isDay(day);
  const asked = { parts: [...chosen], fromDay: day === '' ? null : day };
  return (
    <PinDialog
      title={t('chain.acts.sign.title')}
      lead={t('chain.acts.sign.lead')}
      action={t('chain.acts.sign.action')}
      check={() => {
        showProblems(true);
        return chosen.length > 0 && !isHalf;
      }}
      send={(pin) => till.chainPreview({ ...asked, pin })}
      onDone={(preview) => view.open({ kind: 'chain', act: { kind: 'sign-shown', asked, preview } })}
      takesFocus={false}
    >
      {signedParts.map((part) => (
        <CheckBox
          key={part}
          label={t(`chain.parts.${part}`)}
          isOn={chosen.includes(part)}
          onChange={(isOn) => choose(isOn ? [...chosen, part] : chosen.filter((one) => one !== part))}
        />
      ))}
      <DayBox
        label={t('chain.fromDay')}
        hint={t('chain.fromDayHint')}
        value={day}
        onChange={setDay}
        error={areProblemsShown && isHalf ? t('chain.fromDayHalf') : undefined}
      />
    </PinDialog>
  );
}

/** What the version changes at the tills; signed as it is shown, or not at all. */
export function SignShownDialog({ asked, preview }: Omit<Extract<ChainAct, { kind: 'sign-shown' }>, 'kind'>) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { shown, version, validFromMs, since, sinceFromMs, changes, begins, ends } = preview;
  const names = (parts: readonly SignedPart[]) =>
    parts.map((part) => t(`chain.parts.${part}`)).join(t('app.separator'));
  return (
    <PinDialog
      title={t('chain.acts.signShown.title', { version })}
      lead={since === null ? t('chain.signing.first') : t('chain.signing.since', { version: since })}
      action={t('chain.acts.signShown.action', { version })}
      again="chain:sign"
      send={(pin) => till.chainSign({ ...asked, shown, pin })}
    >
      <Facts
        facts={[[t('chain.fromDay'), validFromMs === null ? t('chain.signing.atOnce') : moment(validFromMs)]]}
      />
      {sinceFromMs !== null && sinceFromMs > Date.now() && (
        <p>{t('chain.signing.replaces', { version: since, time: moment(sinceFromMs) })}</p>
      )}
      {begins.length > 0 && <p>{t('chain.signing.begins', { parts: names(begins) })}</p>}
      {ends.length > 0 && <p>{t('chain.signing.ends', { parts: names(ends) })}</p>}
      {changes.length === 0 ? <p>{t('chain.signing.same')}</p> : <Changes changes={changes} />}
    </PinDialog>
  );
}

/** Another computer of the owner takes the key back by its code. */
export function TakeKeyDialog() {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  return (
    <PinDialog
      title={t('chain.acts.takeKey.title')}
      lead={t('chain.acts.takeKey.lead')}
      action={t('chain.acts.takeKey.action')}
      again="chain:takeKey"
      send={(pin) => till.chainTakeKey({ code, pin })}
      takesFocus={false}
    >
      <TextBox label={t('chain.codeField')} value={code} onChange={setCode} maxLength={100} takesFocus />
    </PinDialog>
  );
}
