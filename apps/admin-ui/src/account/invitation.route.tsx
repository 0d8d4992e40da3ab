import { acceptInvitation, previewInvitation, registerInvited, type Reply } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useSessionState } from '../session/session-context';
import { useApi } from '../shared/api-context';
import { EntryFrame } from '../sign-in/entry-frame';
import { AccountFailure } from './account-failure';
import { type Guest, GuestFields } from './guest-fields';
import { LinkScreen } from './link-screen';

export const Route = createLazyRoute('/invitation')({ component: Invitation });

type Preview = Reply<typeof previewInvitation>;

/** Where the mail of an invitation leads. Looking at it uses nothing up. */
function Invitation() {
  const { t } = useText();
  const api = useApi();
  const token = useLocation().hash.replace(/^#/, '');
  const preview = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.call(previewInvitation, { body: { token } }),
    retry: false,
    staleTime: Infinity,
  });
  const { status } = useSessionState();
  if (!preview.data) {
    return (
      <EntryFrame title={t('invitation.title')}>
        <AccountFailure failure={preview.error} />
      </EntryFrame>
    );
  }
  if (!preview.data.registered) return <Register token={token} preview={preview.data} />;
  if (status === 'signed-in') return <Accept token={token} preview={preview.data} />;
  return (
    <EntryFrame title={t('invitation.title')}>
      <p>{t('invitation.signInFirst', preview.data)}</p>
    </EntryFrame>
  );
}

function Accept({ token, preview }: { token: string; preview: Preview }) {
  const { t } = useText();
  const api = useApi();
  return (
    <LinkScreen
      title={t('invitation.title')}
      lead={t('invitation.lead', preview)}
      action={t('invitation.accept')}
      work={() =>
        api.call(acceptInvitation, { body: { token } }).then(() => t('invitation.accepted', preview))
      }
    />
  );
}

function Register({ token, preview }: { token: string; preview: Preview }) {
  const { t } = useText();
  const api = useApi();
  const [guest, setGuest] = useState<Guest>({ name: '', password: '' });
  return (
    <LinkScreen
      title={t('invitation.title')}
      lead={t('invitation.registerLead', preview)}
      action={t('invitation.register')}
      work={() =>
        api
          .call(registerInvited, { body: { token, ...guest, termsAccepted: true } })
          .then(() => t('invitation.registered', preview))
      }
    >
      <GuestFields value={guest} onChange={setGuest} />
    </LinkScreen>
  );
}
