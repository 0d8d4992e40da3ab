import { Button, Modal, Textarea } from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { cancelServiceOrder } from '@orion/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useText } from '../../app/i18n/i18n';
import { useApi } from '../../shared/api-context';
import { ProblemNotice } from '../../shared/problem-notice';
import { type OrderDetail } from '../order';
import { orderKey } from '../use-order';
import styles from './order.module.css';

/** Asks for a reason before an order is cancelled. */
export function CancelOrder({ order, onDone }: { order: OrderDetail; onDone: () => void }) {
  const { t } = useText();
  const api = useApi();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(cancelServiceOrder.input.body),
    defaultValues: { reason: '' },
  });
  const cancel = useMutation({
    mutationFn: (body: { reason: string }) =>
      api.call(cancelServiceOrder, { params: { id: order.id }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: orderKey(order.id) });
      setOpen(false);
      onDone();
    },
  });
  const submit = handleSubmit((body) => {
    if (!cancel.isPending) cancel.mutate(body);
  });
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setOpen(true)}>
        {t('orders.detail.cancel')}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={`${t('orders.detail.cancel')} ${order.number}`}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <form className={styles.form} noValidate method="post" onSubmit={submit}>
          <p>{t('orders.detail.cancelLead')}</p>
          {cancel.error && <ProblemNotice error={cancel.error} />}
          <Textarea
            {...register('reason')}
            data-autofocus
            label={t('orders.detail.cancelReason')}
            error={formState.errors.reason && t('orders.detail.cancelReasonNeeded')}
            rows={3}
            maxLength={500}
          />
          <div className={styles.actions}>
            <Button type="submit" color="red" aria-disabled={cancel.isPending}>
              {t(cancel.isPending ? 'orders.detail.working' : 'orders.detail.cancel')}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('orders.detail.keep')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
