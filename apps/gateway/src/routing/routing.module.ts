import { Module } from '@nestjs/common';
import { Admission } from './admission.service';
import { Breakers } from './breakers.service';
import { Door } from './door.service';
import { Forwarder } from './forwarder.service';
import { FrontDoor } from './front-door.service';
import { KeyExchange } from './key-exchange.service';
import { RateLimiter } from './rate-limiter.service';
import { Refusal } from './refusal.service';

@Module({
  providers: [Admission, Breakers, Door, Forwarder, FrontDoor, KeyExchange, RateLimiter, Refusal],
  exports: [Door, FrontDoor],
})
export class RoutingModule {}
