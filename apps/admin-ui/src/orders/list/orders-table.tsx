import { useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../app/i18n/i18n';
import { useZones } from '../../shared/use-zones';
import { type Order } from '../order';
import { features, orderColumns } from './order-columns';
import styles from './orders-table.module.css';

interface OrdersTableProps {
  orders: Order[];
  changed: ReadonlySet<string>;
  complete: boolean;
  onNearEnd: () => void;
}

const ROW_PX = 64;
const NEAR_END = 10;

/** A table that draws only the rows in sight; on narrow screens each row becomes a card. */
export function OrdersTable({ orders, changed, complete, onNearEnd }: OrdersTableProps) {
  const { t, locale } = useText();
  const zoneOf = useZones();
  const columns = useMemo(() => orderColumns({ t, locale, zoneOf }), [t, locale, zoneOf]);
  const table = useTable({ features, columns, data: orders, getRowId: (order) => order.id });
  const { rows } = table.getRowModel();
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop(body.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const nearEnd = rows.length > 0 && last >= rows.length - NEAR_END;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd, rows.length]);

  return (
    <div role="table" aria-label={t('orders.list.table')} aria-rowcount={complete ? rows.length + 1 : -1}>
      <div role="rowgroup" className={styles.head}>
        {table.getHeaderGroups().map((group) => (
          <div role="row" aria-rowindex={1} key={group.id} className={styles.row}>
            {group.headers.map((header) => (
              <div role="columnheader" key={header.id} data-column={header.id}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" ref={body} className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                role="row"
                aria-rowindex={item.index + 2}
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-changed={changed.has(row.id) || undefined}
                className={`${styles.row} ${styles.order}`}
                style={{ transform: `translateY(${item.start - top}px)` }}
              >
                {row.getAllCells().map((cell) => (
                  <div role="cell" key={cell.id} data-column={cell.column.id}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
