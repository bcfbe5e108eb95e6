# The whole bridge but Homebridge, which has an image of its own. Build it after `pnpm release`, from this folder:
#   docker build --tag withings-bridge .
# Matter needs the host's network: see docs/docker.md.
FROM node:24-alpine
COPY release/*.tgz /release/
RUN npm install --global --no-audit --no-fund /release/*.tgz && rm -r /release && npm cache clean --force
# A folder of its own below the volume: it keeps the tokens and is closed to everyone else.
ENV WITHINGS_BRIDGE_HOME=/data/withings-bridge NODE_ENV=production
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENTRYPOINT ["withings-bridge"]
CMD ["run", "--matter", "--gladys", "--console"]
