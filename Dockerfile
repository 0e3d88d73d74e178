# The build stage has the tools to compile better-sqlite3. The final image has only what the program needs at run time.
FROM node:24-bookworm AS build
WORKDIR /build
# Install packages first: they change less often than the source, so the layer can be cached.
COPY package.json package-lock.json ./
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json .swcrc rolldown.config.mjs ./
COPY scripts scripts
COPY src src
COPY web web
RUN npm run build
# The page is built; its packages are no longer needed.
RUN npm prune --omit=dev --workspaces=false --no-audit --no-fund

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Tongjian 通鉴" \
      org.opencontainers.image.description="An event-sourced monitoring and evaluation engine for government plans" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    TONGJIAN_DATA=/data \
    TONGJIAN_HOST=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bundle bundle
COPY --from=build /build/generated/answers.schema.json generated/
COPY --from=build /build/web/dist web/dist
COPY seeds seeds
COPY deploy/eventstoredb-user.mjs deploy/
COPY package.json LICENSE ./
# A new volume inherits the owner of this folder.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# The first start builds the read models and loads the plans in seeds/ before the server is ready.
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form, so that SIGTERM reaches the program.
ENTRYPOINT ["node", "bundle/cli.js"]
CMD ["start"]
