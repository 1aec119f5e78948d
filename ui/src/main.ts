// Starts the page: styles, text size, router, App.
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createApp } from 'vue'
import App from './app/App.vue'
import { watchErrors } from './app/errors'
import { createAppRouter } from './app/routes'
import { startTextSize } from './app/textSize'

const app = createApp(App)
watchErrors(app)
void startTextSize()
app.use(createAppRouter()).mount('#app')
