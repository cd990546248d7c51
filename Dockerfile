# One image for every service of ours; docker-compose.yml says which one a container runs.
ARG NODE_IMAGE=node:26.10.0-bookworm-slim

FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY contracts/package.json contracts/
COPY observability/package.json observability/
COPY process-kit/package.json process-kit/
COPY db/package.json db/
COPY http-kit/package.json http-kit/
COPY write-api/package.json write-api/
COPY indexer/package.json indexer/
COPY read-api/package.json read-api/
COPY web/package.json web/
COPY seed/package.json seed/
COPY bench/package.json bench/
COPY local/package.json local/

FROM manifests AS build
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build -w web

FROM manifests AS dependencies
# The image brings its own Node, so the one from the lockfile goes.
RUN npm ci --ignore-scripts --omit=dev -w contracts -w observability -w process-kit -w db -w http-kit -w write-api -w indexer -w read-api -w web -w seed \
  && rm -rf node_modules/node-linux-*

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app ./
COPY contracts contracts
COPY observability observability
COPY process-kit process-kit
COPY db db
COPY http-kit http-kit
COPY write-api write-api
COPY indexer indexer
COPY read-api read-api
COPY seed seed
COPY local/compose local/compose
COPY --from=build /app/web web
RUN mkdir /keys /mail && chown node:node /keys /mail
USER node
