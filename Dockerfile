# The whole bridge but Homebridge, which has an image of its own. Build it after `pnpm release`, from this folder:
#   docker build --tag withings-bridge .
# Matter needs the host's network: see docs/docker.md.
ARG BASE=node:24-bookworm-slim
FROM ${BASE}
COPY release/*.tgz /release/
RUN npm install --global --prefix /opt/withings-bridge --no-audit --no-fund /release/*.tgz && rm -r /release && npm cache clean --force
COPY docker/as-node /usr/local/bin/withings-bridge
RUN ln -s withings-bridge /usr/local/bin/withings-matter && ln -s withings-bridge /usr/local/bin/withings-gladys && mkdir /data && chown node:node /data
# A folder of its own below the volume: it keeps the tokens and is closed to everyone else.
ENV WITHINGS_BRIDGE_HOME=/data/withings-bridge NODE_ENV=production HOME=/home/node
VOLUME /data
HEALTHCHECK --interval=1m --timeout=30s --start-period=2m CMD ["withings-bridge", "health"]
ENTRYPOINT ["withings-bridge"]
CMD ["run", "--matter", "--gladys", "--console"]
