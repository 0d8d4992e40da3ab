import { Module } from '@nestjs/common';
import { Breakers } from './breakers.service';
import { Door } from './door.service';
import { Forwarder } from './forwarder.service';
import { RateLimiter } from './rate-limiter.service';

@Module({ providers: [Breakers, Door, Forwarder, RateLimiter], exports: [Door] })
export class RoutingModule {}
