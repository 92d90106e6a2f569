import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { Facts } from '../../kit/facts.tsx';
import { storeMoment } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { openTillNumber } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';

/** How many members this till keeps for work without a network, and of when. */
function useMembers(): string {
  const { t } = useTranslation();
  const { storeTimeZone, language } = useTill();
  const { members: count, complete, updatedAtMs } = useTopic('directory');
  if (!complete || updatedAtMs === null) return t('account.membersPartial', { count });
  const time = storeMoment(updatedAtMs, Date.now(), storeTimeZone, language);
  return t('account.membersAsOf', { count, time });
}

export function AccountPart() {
  const { t } = useTranslation();
  const till = useTill();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <Part title={t('account.title')}>
      <Facts
        facts={[
          [t('account.till'), till.name],
          [t('account.number'), t('account.numberOf', { number: till.number, count: till.count })],
          [t('account.host'), till.host],
          [t('account.appId'), till.appId],
          [t('account.zone'), till.storeTimeZone],
          [t('account.currency'), till.currency],
          [t('account.members'), useMembers()],
        ]}
      />
      {isLive && (
        <Button shape="wide" onPress={openTillNumber}>
          {t('account.tillNumber')}
        </Button>
      )}
    </Part>
  );
}
