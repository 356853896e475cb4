"""Run coroutines."""

import asyncio


async def work(number):
    await asyncio.sleep(0.001)
    return number


async def main():
    return await asyncio.gather(*map(work, range(3)))


result = asyncio.run(main())
