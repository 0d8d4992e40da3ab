-- A sign-in failed so often that the next ones are delayed; whether there is such an account is looked up afterwards.
CREATE TABLE "throttled_sign_in" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "throttled_sign_in_pkey" PRIMARY KEY ("id")
);

SELECT platform.global_table('throttled_sign_in', 'Whoever fails to sign in is in no organization.');
