import { describe, expect, it } from '@jest/globals';
import { Body, Controller, Ip, Post, Query, Req, Res } from '@nestjs/common';
import { IsInt } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadAs } from './fields.js';
import { parametersOf, readBy } from './parameters.js';
import { MayBeAbsent } from './rules.js';

const noted: string[] = [];
const Noted = (name: string, isFirst = false): ParameterDecorator =>
  readBy(
    () => {
      noted.push(name);
      return name;
    },
    { isFirst },
  );

class Given {
  @IsInt()
  @ReadAs((number: number) => {
    noted.push('read');
    return number + 1;
  })
  number!: number;
}

class Asked {
  @MayBeAbsent()
  @IsInt()
  limit?: number;
}

@Controller()
class Things {
  @Post()
  make(
    @Noted('named') _named: string,
    @Req() _request: FastifyRequest,
    @Body() _given: Given,
    @Query() _asked: Asked,
    @Res({ passthrough: true }) _reply: FastifyReply,
    @Noted('headers', true) _headers: string,
  ): void {}

  @Post('else')
  elsewhere(@Ip() _ip: string): void {}
}

const read = parametersOf(Things, 'make');
const reply = {} as FastifyReply;
const requestOf = (body: unknown, query: object = {}) => ({ body, query }) as FastifyRequest;

describe('the parameters of a method', () => {
  it('are read each from where it is declared', () => {
    const request = requestOf({ number: 1 });
    expect(read(request, reply)).toEqual(['named', request, { number: 2 }, {}, reply, 'headers']);
  });

  it('are checked before anything is read, and after the headers', () => {
    noted.length = 0;
    expect(() => read(requestOf({ number: 'one' }), reply)).toThrow('number must be an integer number');
    expect(() => read(requestOf({ number: 1 }, { limit: 'x' }), reply)).toThrow('limit must be an integer number');
    expect(noted).toEqual(['headers', 'headers']);
    read(requestOf({ number: 1 }), reply);
    expect(noted).toEqual(['headers', 'headers', 'headers', 'read', 'named']);
  });

  it('are refused at boot where nobody reads them', () => {
    expect(() => parametersOf(Things, 'elsewhere')).toThrow(
      'A parameter that comes from IP is not read by the pipeline.',
    );
  });
});
