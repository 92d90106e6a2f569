import { useEffect, useState } from 'react';
import {
  accountOfWay,
  bookAccounts,
  LONGEST_ACCOUNT_NAME,
  wayOfAccount,
} from '../../../preload/contract/app/values.ts';
import type { AccountKey, AppError, Policy } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Facts } from '../../kit/facts.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { FixedNote, useSetter } from '../../shared/fixed.tsx';
import { errorText } from '../../shared/i18n.ts';
import { view } from '../../shared/view.ts';
import { useOwnerWords } from './use-owner-words.ts';

/** Those of the payment methods that are offered or have a name already, then the others. */
function keysOf({ tenders, accounts }: Policy): readonly AccountKey[] {
  const named = Object.keys(accounts).flatMap((key) => wayOfAccount(key) ?? []);
  const ways = [...tenders, ...named, ''].map(accountOfWay);
  return [...new Set([...ways, ...bookAccounts])];
}

/** As `isAccountName` takes them: a paste may bring line breaks along. */
const tidy = (typed = ''): string =>
  typed
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();

function useAccounts() {
  const [policy, setPolicy] = useState<Policy | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [typed, setTyped] = useState<ReadonlyMap<string, string | undefined>>(new Map());
  useEffect(() => {
    void bridge.policyGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setPolicy(reply.value.policy);
      setTyped(new Map(Object.entries(reply.value.policy.accounts)));
    });
  }, []);
  const names = [...typed].flatMap(([key, name]) => (tidy(name) === '' ? [] : [[key, tidy(name)] as const]));
  return {
    policy,
    failure,
    keys: policy === null ? [] : keysOf(policy),
    nameOf: (key: string) => typed.get(key) ?? '',
    type: (key: string, name: string) => setTyped(new Map([...typed, [key, name]])),
    accounts: Object.fromEntries(names),
  };
}

/** What the shop's own books call each account; those of an owner are only shown. */
export function AccountsDialog() {
  const { t, tender } = useOwnerWords();
  const { policy, failure, keys, nameOf, type, accounts } = useAccounts();
  const by = useSetter('accounts');
  const label = (key: AccountKey) => {
    const way = wayOfAccount(key);
    if (way === null) return t(`owner.sheet.account.${key as (typeof bookAccounts)[number]}`);
    return `${t('owner.sheet.account.way')}: ${way === '' ? t('owner.sheet.noTender') : tender(way)}`;
  };
  if (failure !== null || by !== 'manager')
    return (
      <DialogFrame title={t('owner.accounts.title')} onClose={view.close}>
        {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
        {by !== 'manager' && <FixedNote by={by} />}
        <Facts facts={keys.map((key) => [label(key), nameOf(key) || label(key)])} />
        <Answers>
          <Button look="primary" onPress={view.close}>
            {t('common.close')}
          </Button>
        </Answers>
      </DialogFrame>
    );
  return (
    <PinDialog
      title={t('owner.accounts.title')}
      lead={t('owner.accounts.lead')}
      action={t('owner.accounts.action')}
      act="settings"
      isWaiting={policy === null}
      takesFocus={false}
      send={async (pin) => {
        // Another setting may have been saved since.
        const now = await bridge.policyGet({});
        return now.ok ? bridge.policySave({ policy: { ...now.value.policy, accounts }, pin }) : now;
      }}
    >
      {keys.map((key) => (
        <TextBox
          key={key}
          label={label(key)}
          value={nameOf(key)}
          onChange={(name) => type(key, name)}
          maxLength={LONGEST_ACCOUNT_NAME}
        />
      ))}
    </PinDialog>
  );
}
