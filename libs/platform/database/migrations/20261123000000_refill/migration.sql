-- A queue that is lost is filled again from the outboxes of those whose events it carried (docs/adr/0022).

-- Since when its queue is known to have existed; NULL until it is first looked for.
ALTER TABLE platform.consumer ADD COLUMN queue_since timestamptz;

CREATE TABLE platform.refill (
  consumer    text        NOT NULL REFERENCES platform.consumer (name) ON DELETE CASCADE,
  producer    text        NOT NULL,
  event_types text[]      NOT NULL,
  since       timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  -- How far the producer's outbox was worked through.
  after       uuid,
  -- Grows each time the queue is lost: what was on its way before counts no more.
  round       integer     NOT NULL DEFAULT 1,
  sent        bigint      NOT NULL DEFAULT 0,
  failures    integer     NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at     timestamptz,
  PRIMARY KEY (consumer, producer)
);
SELECT platform.global_table('platform.refill', 'which lost queues are being filled again; holds no business data');
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.refill TO orion_worker;
