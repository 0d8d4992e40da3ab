import { Button } from '@mantine/core';
import { retryWebhookDelivery } from '@orion/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { problemText } from '../shared/problem';

export function RetryDelivery({ id }: { id: string }) {
  const { t } = useText();
  const api = useApi();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.call(retryWebhookDelivery, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  if (retry.isSuccess) return <span role="status">{t('deliveries.retried')}</span>;
  return (
    <>
      <Button
        variant="default"
        size="sm"
        aria-disabled={retry.isPending}
        onClick={() => !retry.isPending && retry.mutate()}
      >
        {t('deliveries.retry')}
      </Button>
      {retry.error && <span role="alert">{problemText(retry.error, t).title}</span>}
    </>
  );
}
