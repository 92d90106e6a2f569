import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { type KeyPress, MIN_KEYS, pressOf, readKey } from '../../counter/scanner/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Facts } from '../../kit/facts.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { type ScanTest, TEST_PAUSE_MS, testScan } from './scan-test.ts';
import styles from './scanner-test.module.css';

const c = classNames(styles);

/** Keys from the first one to a terminator or a pause. */
function useHeard(settings: ScannerSettings) {
  const presses = useRef<KeyPress[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState('');
  const [heard, setHeard] = useState<ScanTest | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const finish = () => {
    clearTimeout(timer.current);
    setHeard(testScan(presses.current, settings));
    presses.current = [];
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const press = pressOf(event.nativeEvent);
    const meaning = readKey(press);
    presses.current.push(press);
    clearTimeout(timer.current);
    timer.current = setTimeout(finish, TEST_PAUSE_MS);
    if (meaning.kind !== 'end') return;
    // Tab alone moves to the next field.
    if (meaning.end === 'enter' || presses.current.length > MIN_KEYS) event.preventDefault();
    finish();
  };
  return { text, setText, heard, onKeyDown };
}

interface HeardProps {
  readonly heard: ScanTest;
  readonly settings: ScannerSettings;
}

function Heard({ heard, settings }: HeardProps) {
  const { t } = useTranslation();
  const { code, stripped, characters, flaw, end } = heard;
  const meanGapMs = heard.meanGapMs === null ? null : Math.round(heard.meanGapMs);
  const values = { meanGapMs, settingMs: settings.meanGapMs, least: MIN_KEYS };
  return (
    <>
      <p className={c('verdict', flaw === null && 'good')}>
        {flaw === null ? t('scanner.isScan') : t(`scanner.flaws.${flaw}`, values)}
      </p>
      <Facts
        facts={[
          [t('scanner.facts.code'), code],
          [t('scanner.facts.stripped'), stripped.length === 0 ? t('scanner.nothing') : stripped.join('  ')],
          [t('scanner.facts.characters'), String(characters)],
          [
            t('scanner.facts.meanGap'),
            meanGapMs === null ? t('scanner.nothing') : t('scanner.milliseconds', { meanGapMs }),
          ],
          [t('scanner.facts.end'), end === null ? t('scanner.nothing') : t(`scanner.ends.${end}`)],
        ]}
      />
    </>
  );
}

/** Shows what a scan reads as, without a look-up. */
export function ScannerTest({ settings }: { readonly settings: ScannerSettings }) {
  const { t } = useTranslation();
  const { text, setText, heard, onKeyDown } = useHeard(settings);
  return (
    <div className={c('test')}>
      <div onKeyDownCapture={onKeyDown}>
        <TextBox label={t('scanner.test')} value={text} onChange={setText} hint={t('scanner.testHint')} />
      </div>
      <section className={c('heard')} aria-label={t('scanner.heard')} aria-live="polite">
        {heard === null && <p className={c('quiet')}>{t('scanner.heardNothing')}</p>}
        {heard !== null && <Heard heard={heard} settings={settings} />}
      </section>
    </div>
  );
}
