ALTER TABLE "notification" ADD COLUMN "personal" BOOLEAN NOT NULL DEFAULT false;
