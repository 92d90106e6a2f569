import { useState } from 'react';
import {
  cellsBefore,
  currencyDecimals,
  err,
  foldCells,
  formatPlain,
  ok,
  padAmount,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { currencySymbol } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { openMakePin } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { useDayTabs } from './day-tabs.ts';
import { OpeningNote } from './opening-note.tsx';
import { readFloat } from './read-sum.ts';
import { BeforeTables } from './report-tables.tsx';
import { useDay } from './use-day.ts';

const drawers = ['own', 'elsewhere'] as const;
type Drawer = (typeof drawers)[number];

interface FormProps {
  /** The first shift of a till that has entries. */
  readonly isAfterSales: boolean;
}

function OpenForm({ isAfterSales }: FormProps) {
  const { t, till, write } = useDay();
  const { opening, enteredOutside } = useTopic('shift');
  const outsideHint = enteredOutside > 0 ? 'floatHintOutside' : 'floatHint';
  const hint = isAfterSales ? 'floatHintFirst' : outsideHint;
  const [text, setText] = useState('');
  const [drawer, setDrawer] = useState<Drawer>('own');
  const [showsErrors, setShowsErrors] = useState(false);
  const read = drawer === 'own' ? readFloat(text, till.currency, till.language) : ok(zeroAmount);
  const { submit, isWorking, error } = useSubmit(
    async () =>
      read.ok ? bridge.shiftsOpen({ float: read.value, drawer }) : err({ code: 'amount-invalid' }),
    view.leave,
    ({ code }) => {
      if (code === 'approval-needed' && read.ok)
        view.open({ kind: 'shift-open', float: read.value, drawer, onDone: view.leave });
    },
  );
  const { counted } = opening;
  const open = () => {
    setShowsErrors(true);
    if (read.ok) submit();
  };
  const take = (sum: Amount) =>
    setText(formatPlain(padAmount(sum, currencyDecimals(till.currency)), till.language));
  return (
    <Part title={t('shifts.open.title')} hint={t('shifts.open.hint')}>
      <RadioChoice
        label={t('shifts.open.drawer')}
        name="shift-drawer"
        values={drawers}
        chosen={drawer}
        onChoose={setDrawer}
        say={(one) => t(`shifts.open.drawers.${one}`)}
      />
      {drawer === 'own' ? (
        <>
          <TextBox
            label={t('shifts.open.float')}
            hint={t(`shifts.open.${hint}`)}
            unit={currencySymbol(till.currency, till.language)}
            inputMode="decimal"
            digits="sum"
            size="large"
            value={text}
            onChange={setText}
            onEnter={open}
            error={showsErrors && !read.ok ? phraseText(t, read.error) : undefined}
            takesFocus
          />
          {counted !== null && (
            <Answers>
              <Button onPress={() => take(counted)}>
                {t('shifts.open.take', { sum: write.money(counted) })}
              </Button>
            </Answers>
          )}
        </>
      ) : (
        <p>{t('shifts.open.elsewhere')}</p>
      )}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <Answers>
        <Button look="primary" onPress={open}>
          {isWorking ? t('manager.working') : t('shifts.open.act')}
        </Button>
      </Answers>
      {/* Below the button, which stays where it was pointed at. */}
      {drawer === 'own' && text !== '' && read.ok && <OpeningNote opening={opening} float={read.value} />}
    </Part>
  );
}

const makePin = () => openMakePin(null);

const askBefore = () => bridge.shiftsBefore({});

export function OpenScreen() {
  const { t, write } = useDay();
  const { enteredOutside: outside } = useTopic('shift');
  // A drawer that is off late in the evening finds nobody with the App key.
  const isPinMissing = useTopic('managerPinSet', (isSet) => !isSet);
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const isWithoutPin = isLive && isPinMissing;
  const tabs = useDayTabs('shift');
  const before = useQuery(askBefore).value?.before ?? undefined;
  const sold = foldCells(cellsBefore({ before }) ?? []).net;
  return (
    <ScreenFrame
      title={t('shifts.title')}
      tabs={tabs}
      takesFocus={false}
      hasSums
      lead={outside > 0 ? t('shifts.note.outside', { count: outside }) : t('shifts.open.lead')}
    >
      {isWithoutPin && (
        <Note tone="warn">
          <p>{t('shifts.open.noPin')}</p>
          <Answers>
            <Button onPress={makePin}>{t('waysOut.make-pin')}</Button>
          </Answers>
        </Note>
      )}
      {before !== undefined && (
        <Note tone="neutral">
          {t('shifts.before.ask', { count: sold.entries, sum: write.money(sold.principal) })}
        </Note>
      )}
      <OpenForm isAfterSales={before !== undefined} />
      {before !== undefined && (
        <Part title={t('shifts.before.title')}>
          <BeforeTables before={before} />
        </Part>
      )}
    </ScreenFrame>
  );
}
