import { Button, Modal } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import { useSession, useSessionState } from '../session/session-context';
import { SignInForm } from './sign-in-form';
import styles from './sign-in.module.css';

/** Signs the person in again over the screen they were on, which keeps what they had typed. */
export default function SessionEnded() {
  const { t } = useText();
  const session = useSession();
  const state = useSessionState();
  return (
    <Modal
      opened
      centered
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('common.session.ended')}
      classNames={{ title: styles.dialogTitle }}
    >
      <p className={styles.dialogLead}>{t('common.session.endedLead')}</p>
      <SignInForm organizationId={'organizationId' in state ? state.organizationId : undefined} />
      <Button variant="subtle" fullWidth mt="sm" onClick={() => void session.signOut()}>
        {t('common.session.someoneElse')}
      </Button>
    </Modal>
  );
}
