import { Button, NativeSelect, TextInput } from '@mantine/core';
import { countServiceOrders, ORDER_STATES, OrderKind, OrderState } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { useApi } from '../../shared/api-context';
import { SearchIcon } from '../../shared/icons';
import { type OrderSearch } from '../order-search';
import styles from './orders.module.css';

const TYPING_MS = 350;

interface OrderFiltersProps {
  search: OrderSearch;
  onChange: (search: OrderSearch) => void;
}

/** State, kind and words; what is chosen stands in the address. */
export function OrderFilters({ search, onChange }: OrderFiltersProps) {
  const { t } = useText();
  const api = useApi();
  const { data: counts } = useQuery({
    queryKey: ['orders', 'counts'],
    queryFn: ({ signal }) => api.call(countServiceOrders, {}, { signal }),
  });
  const stateLabel = (state: OrderState) =>
    counts
      ? t('orders.list.stateWithCount', { state: t(`orders.state.${state}`), n: counts.byState[state] ?? 0 })
      : t(`orders.state.${state}`);
  return (
    <form
      role="search"
      aria-label={t('orders.list.filters')}
      className={styles.filters}
      onSubmit={(event) => event.preventDefault()}
    >
      <Words value={search.q} onChange={(q) => onChange({ ...search, q })} />
      <NativeSelect
        label={t('orders.list.state')}
        value={search.state ?? ''}
        onChange={(event) =>
          onChange({ ...search, state: OrderState.safeParse(event.currentTarget.value).data })
        }
        data={[
          { value: '', label: t('orders.list.allStates') },
          ...ORDER_STATES.map((value) => ({ value, label: stateLabel(value) })),
        ]}
      />
      <NativeSelect
        label={t('orders.list.kind')}
        value={search.kind ?? ''}
        onChange={(event) =>
          onChange({ ...search, kind: OrderKind.safeParse(event.currentTarget.value).data })
        }
        data={[
          { value: '', label: t('orders.list.allKinds') },
          ...OrderKind.options.map((value) => ({ value, label: t(`orders.kind.${value}`) })),
        ]}
      />
      {(search.state ?? search.kind ?? search.q) && (
        <Button variant="subtle" onClick={() => onChange({})}>
          {t('orders.list.clear')}
        </Button>
      )}
    </form>
  );
}

function Words({ value = '', onChange }: { value?: string; onChange: (q: string | undefined) => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value);
  }
  const settle = useEffectEvent(() => {
    const words = typed.trim();
    if (words !== value) onChange(words === '' ? undefined : words);
  });
  useEffect(() => {
    const timer = setTimeout(settle, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      type="search"
      className={styles.words}
      label={t('orders.list.search')}
      placeholder={t('orders.list.searchHint')}
      leftSection={<SearchIcon size={18} />}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
