import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ErrorCode } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { type Proof, useProof } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { openReview } from '../../shared/open-dialogs.ts';
import { receiptCodeScans } from '../../shared/receipt-code-scans.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { createReceiptCodeList, type ReceiptCodeList } from './receipt-code-list.ts';
import { ReceiptCodeRows } from './receipt-code-rows.tsx';
import styles from './slips.module.css';

const c = classNames(styles);

/** The manager's PIN, once for all receipts. */
function PinFirst({ onProof }: { readonly onProof: (proof: Proof) => void }) {
  const { t } = useTranslation();
  const proof = useProof({});
  const { submit, isWorking, error, forget } = useSubmit(
    () => till.managerUnlock({ pin: proof.now() ?? '' }),
    () => onProof(proof.now()),
    proof.onFailure,
  );
  const trySubmit = () => {
    forget();
    if (proof.check()) submit();
  };
  return (
    <FormDialog
      title={t('slips.title')}
      lead={t('slips.lead')}
      action={t('slips.begin')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
      wayOut={proof.forgotten}
      aside={proof.pad(trySubmit, true, isWorking)}
    >
      {proof.names}
    </FormDialog>
  );
}

/** For a code that no scanner types. */
function TypedCode({ list }: { readonly list: ReceiptCodeList }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const look = () => {
    void list.scan(text);
    setText('');
  };
  return (
    <div className={c('form')}>
      <div className={c('field')}>
        <TextBox
          label={t('slips.code')}
          hint={t('slips.codeHint')}
          value={text}
          onChange={setText}
          onEnter={look}
        />
      </div>
      <Button onPress={look}>{t('slips.look')}</Button>
    </div>
  );
}

/** Scans go to the list as long as this stands there, wherever the focus is but in its field. */
function Scanning({ list }: { readonly list: ReceiptCodeList }) {
  const { t } = useTranslation();
  const { rows, isWorking } = useStore(list.store);
  useEffect(() => receiptCodeScans.listen((code) => void list.scan(code)), [list]);
  const isAnyForReview = rows.some(({ result }) => result.ok && result.value.entry?.state === 'review');
  return (
    <DialogFrame title={t('slips.title')} lead={t('slips.lead')} wide onClose={view.close}>
      <p role="status">{t(isWorking ? 'slips.working' : 'slips.ready')}</p>
      <ReceiptCodeRows rows={rows} onLost={(lostKey) => void list.tillIsLost(lostKey)} />
      <TypedCode list={list} />
      <Answers>
        {isAnyForReview && (
          <Button look="primary" onPress={() => openReview(null)}>
            {t('slips.toReview')}
          </Button>
        )}
        <Button onPress={view.close}>{t('slips.done')}</Button>
      </Answers>
    </DialogFrame>
  );
}

const isAboutPin = (code: ErrorCode) => code.startsWith('manager-') || code.startsWith('person-');

/** A manager gives back to this till what it does not know: receipts are scanned, and what they tell of is listed. */
export function SlipsDialog() {
  const isLocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs === null);
  const [proof, setProof] = useState<Proof>(undefined);
  const proofNow = useRef<Proof>(undefined);
  proofNow.current = isLocked ? proof : undefined;
  const [list] = useState(() =>
    createReceiptCodeList(
      (text, lostTill) => till.slipsScan({ text, lostTill, pin: proofNow.current }),
      // Another PIN meanwhile: it is asked for again.
      ({ code }) => (isAboutPin(code) ? setProof(undefined) : undefined),
    ),
  );
  return isLocked && proof === undefined ? <PinFirst onProof={setProof} /> : <Scanning list={list} />;
}
