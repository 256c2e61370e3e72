"""Spark: on this machine, or on the cluster that `spark-submit` or `SPARK_REMOTE` names (extra `mingcha[spark]`).

On a cluster TMPDIR must lie on storage that every node reads under the same path, for that is where the files are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairdraw.engines.workplace import EngineFailed
from fairdraw.errors import Refused

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SUBMITTED = {"PYSPARK_GATEWAY_PORT", "SPARK_REMOTE"}  # then somebody else has said where and how
_ON_THIS_MACHINE = {
    "spark.master": "local[2]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "3g",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class InSpark:
    """One session for the whole process, for starting one takes seconds; it ends with the process."""

    def __init__(self) -> None:
        self._session = _session()

    def table(self, name: str, file: Path, columns: Sequence[str]) -> None:
        rows = self._session.read.csv(
            file.as_uri(),
            sep="\t",
            schema=", ".join(f"{column} STRING" for column in columns),
            quote="",
            escape="",
            nullValue="#",
            lineSep="\n",
            mode="FAILFAST",
        )
        rows.createOrReplaceTempView(name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - the extra need not be installed

        try:
            return [tuple(row) for row in self._session.sql(query).collect()]
        except PySparkException as error:
            raise EngineFailed(str(error)) from error


def _session() -> SparkSession:
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - the extra need not be installed
        from pyspark.sql import SparkSession  # noqa: PLC0415 - the same
    except ImportError:
        raise Refused("没有安装 Spark：用 pip install 'mingcha[spark]' 安装，另需 Java 17 或更高版本。") from None
    builder = SparkSession.builder.appName("fairdraw")
    if _SUBMITTED.isdisjoint(os.environ):
        for name, value in _ON_THIS_MACHINE.items():
            builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkException:
        raise Refused("Spark 没有启动：需要 Java 17 或更高版本（java 命令或 JAVA_HOME）。") from None
