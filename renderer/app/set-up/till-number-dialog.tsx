import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextBox } from '../../kit/text-box.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill } from '../../shared/topics.ts';
import { type PlaceFields, placeProblems } from './set-up.ts';

/** For a shop that grows, or two tills with one number. */
export function TillNumberDialog() {
  const { t } = useTranslation();
  const till = useTill();
  const [fields, setFields] = useState<PlaceFields>({
    tillNumber: String(till.number),
    tillCount: String(till.count),
  });
  const [areProblemsShown, showProblems] = useState(false);
  const problems = placeProblems(fields);
  const place = { tillNumber: Number(fields.tillNumber), tillCount: Number(fields.tillCount) };
  const box = (name: keyof PlaceFields, takesFocus: boolean) => {
    const problem = areProblemsShown ? problems[name] : undefined;
    return (
      <TextBox
        label={t(`setUp.${name}`)}
        hint={t(`setUp.${name}Hint`)}
        inputMode="numeric"
        digits="count"
        value={fields[name]}
        onChange={(text) => setFields((before) => ({ ...before, [name]: text }))}
        error={problem === undefined ? undefined : t(problem)}
        takesFocus={takesFocus}
      />
    );
  };
  return (
    <PinDialog
      title={t('tillNumber.title')}
      lead={t('tillNumber.lead')}
      action={t('tillNumber.confirm')}
      check={() => {
        showProblems(true);
        return Object.keys(problems).length === 0;
      }}
      send={(pin) => bridge.setupSetPlace({ ...place, pin })}
      takesFocus={false}
      hasEnter
    >
      {box('tillNumber', true)}
      {box('tillCount', false)}
    </PinDialog>
  );
}
