-- A thing may change more than once, with an event each time; what a consumer did is kept in the order it was done.
ALTER TABLE "thing" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "effect" ADD COLUMN "subject" UUID NOT NULL;
ALTER TABLE "effect" ADD COLUMN "sequence" INTEGER NOT NULL;
ALTER TABLE "effect" ADD COLUMN "position" BIGSERIAL NOT NULL;
