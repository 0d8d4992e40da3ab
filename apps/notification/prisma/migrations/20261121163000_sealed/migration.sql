-- What a message may only show when it leaves, sealed; gone once it has.
ALTER TABLE "notification" ADD COLUMN "sealed" TEXT, ADD COLUMN "sealed_for" TEXT;
ALTER TABLE "notification" ADD CONSTRAINT "notification_sealed_for_something"
    CHECK (("sealed" IS NULL) OR ("sealed_for" IS NOT NULL));
